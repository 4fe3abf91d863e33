import { type Face, type Piece, piecesOf, widthOf } from './face.ts'
import type { Weight } from './font.ts'
import { print } from './print.ts'

/** What readers show about a document; the same input and dates make the same bytes. */
export type About = {
  title: string
  /** BCP 47, such as `ja`. */
  language: string
  author?: string
  createdAt: Date
}

export type Colour = `#${string}`

/** How text looks; `size` in points. */
export type Style = { size: number; weight?: Weight; colour?: Colour }

/** Where text goes: `x` is its left, right or middle, by `align`, and `y` its baseline. */
export type Place = { x: number; y: number; align?: 'left' | 'right' | 'center' }

export type Box = { x: number; y: number; width: number; height: number }
export type Rule = { x1: number; y1: number; x2: number; y2: number; width: number }

/** Something on a page. */
export type Mark =
  | { kind: 'text'; x: number; y: number; size: number; pieces: Piece[]; colour: Colour }
  | ({ kind: 'rect'; colour: Colour } & Box)
  | ({ kind: 'line'; colour: Colour } & Rule)

export type Document = ReturnType<typeof openDocument>
export type Page = ReturnType<Document['page']>

/** A4, in points. */
export const paper = { width: 595.28, height: 841.89 }

const black = '#000000'

/**
 * Opens a document of A4 pages. All lengths are in points, from the top left corner of the page. Pages
 * can be drawn on in any order until `save`.
 */
export function openDocument(about: About) {
  const faces: Face[] = []
  const pages: Mark[][] = []
  const missing = new Set<string>()

  function addPage() {
    const marks: Mark[] = []
    pages.push(marks)
    return {
      text(text: string, place: Place, style: Style) {
        const { size, weight = 'regular', colour = black } = style
        const pieces = piecesOf(text, weight, faces, missing)
        const x = leftOf(text, place, style)
        if (pieces.length > 0) marks.push({ kind: 'text', x, y: place.y, size, pieces, colour })
      },
      rect: (box: Box, colour: Colour) => void marks.push({ kind: 'rect', ...box, colour }),
      line: (rule: Rule, colour: Colour) => void marks.push({ kind: 'line', ...rule, colour })
    }
  }

  return {
    /** The characters that no font has; 〓 is drawn for them. */
    missing: missing as ReadonlySet<string>,
    measure,
    page: addPage,
    save: () => print(about, pages, faces)
  }
}

/** Width in points. It adds up: that of `ab` is that of `a` and that of `b`. */
function measure(text: string, { size, weight = 'regular' }: Style): number {
  return widthOf(text, weight) * size
}

function leftOf(text: string, { x, align = 'left' }: Place, style: Style) {
  if (align === 'left') return x
  return x - measure(text, style) / (align === 'right' ? 1 : 2)
}
