import type { Language } from '../language.ts'
import type { Weight } from './face.ts'
import { paint } from './paint.ts'
import { toRuns, widthOf } from './run.ts'
import { wrap } from './wrap.ts'

/** A colour as red, green and blue from 0 to 1. */
export type Colour = [number, number, number]

export type Style = {
  size?: number
  weight?: Weight
  colour?: Colour
  align?: 'left' | 'right' | 'center'
}

/** What is on a page, in points from its top left corner; a text's `y` is that of its baseline. */
export type Piece =
  | {
      what: 'text'
      x: number
      y: number
      text: string
      size: number
      weight: Weight
      colour: Colour
    }
  | { what: 'rule'; x: number; y: number; width: number; thickness: number; colour: Colour }
  | { what: 'box'; x: number; y: number; width: number; height: number; colour: Colour }

export type About = { title: string; author: string; language: Language; createdAt: Date }

export type Drawing = ReturnType<typeof openDocument>

/** A4, in points (ISO 216: 210 × 297 mm). */
export const paper = { width: 595.28, height: 841.89 }

const black: Colour = [0.1, 0.12, 0.11]

/**
 * A document to draw on: pieces are collected page by page, and painted when it is saved. The same
 * pieces give the same bytes.
 */
export function openDocument(about: About) {
  const pages: Piece[][] = [[]]
  const missing = new Set<string>()

  function place(page: number, x: number, y: number, text: string, style: Style) {
    const { size = 10, weight = 'regular', colour = black, align = 'left' } = style
    const shift = { left: 0, center: 0.5, right: 1 }[align]
    const left = shift === 0 ? x : x - widthOf(text, size, weight) * shift
    toRuns(text, weight, character => missing.add(character))
    pages[page]?.push({ what: 'text', x: left, y, text, size, weight, colour })
  }

  return {
    pages,
    /** Characters that are printed as 〓. */
    missing,
    addPage: () => void pages.push([]),
    /** A line of text; with `align` right or center, `x` is its right end or its middle. */
    text: (x: number, y: number, text: string, style: Style = {}) =>
      place(pages.length - 1, x, y, text, style),
    /** The same on any page, from 0: for what is known only at the end, as the number of pages. */
    textOn: place,
    rule: (x: number, y: number, width: number, thickness: number, colour: Colour = black) =>
      void pages.at(-1)?.push({ what: 'rule', x, y, width, thickness, colour }),
    box: (x: number, y: number, width: number, height: number, colour: Colour) =>
      void pages.at(-1)?.push({ what: 'box', x, y, width, height, colour }),
    wrap: (text: string, width: number, size: number, weight: Weight = 'regular') =>
      wrap(text, width, part => widthOf(part, size, weight)),
    save: () => paint(pages, about)
  }
}
