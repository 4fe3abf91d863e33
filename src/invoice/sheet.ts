import { type Language, speak } from '../language.ts'
import type { Document } from '../pdf/document.ts'
import type { Image } from '../pdf/image/image.ts'
import { type Page, type Place, paper } from '../pdf/page.ts'
import type { Box } from '../pdf/paint.ts'
import { addElement, type Element, type Role } from '../pdf/structure.ts'
import { lineOf, type TextLine } from '../pdf/text/line.ts'
import type { Colour, Style } from '../pdf/text/setting.ts'

/** Where the print is on each page, in points from its top left corner. */
export const area = { left: 50, right: paper.width - 50, top: 54, bottom: paper.height - 66 }

export const colours = {
  ink: '#1d2624',
  soft: '#63706b',
  rule: '#d3dad6',
  tint: '#eff4f1',
  accent: '#155e4b'
} satisfies Record<string, Colour>

/** Sizes in points, each with its line height. */
export const body = { size: 9, leading: 13.5, colour: colours.ink }
export const small = { size: 8, leading: 12, colour: colours.soft }

export const heading = {
  size: 9,
  leading: 17,
  weight: 'bold',
  colour: colours.accent
} satisfies Type

/** White between the edge of a tint and the text in it, in points. */
export const inset = 6

export type Type = Style & { leading: number }
export type Sheet = ReturnType<typeof openSheet>

/** The page at hand, and how far down it is printed; turns to a new page when asked. */
export function openSheet(document: Document, language: Language, top: Element) {
  const pages: Page[] = [document.page()]
  const current = () => pages.at(-1) as Page
  let owner: Element | undefined
  return {
    y: area.top,
    t: speak(language),
    language,
    pages,
    turn() {
      pages.push(document.page())
      current().tag(owner)
      this.y = area.top
    },
    /** Turns the page unless `height` still fits on it; whether it did. */
    keep(height: number): boolean {
      const isFull = this.y + height > area.bottom && this.y > area.top
      if (isFull) this.turn()
      return isFull
    },
    /** Begins a part of the document, to which all that follows belongs. */
    begin(role: Role, { parent = top, ...facts }: Facts = {}): Element {
      owner = addElement(parent, role, facts)
      current().tag(owner)
      return owner
    },
    /** What follows is decoration: nobody has it read to them. */
    decorate() {
      owner = undefined
      current().tag()
    },
    text: (text: string, place: Place, style: Style) => current().text(text, place, style),
    /** Prints lines one below the other from `top`; returns where they end. */
    stack(lines: TextLine[], { top, ...place }: Omit<Place, 'y'> & { top: number }, type: Type) {
      for (const [index, line] of lines.entries())
        current().put(line, { ...place, y: baseline(top + index * type.leading, type) })
      return top + lines.length * type.leading
    },
    /** One line, in a smaller size if it would be wider than `width`. */
    fitted: (text: string, place: Place, style: Style, width: number) =>
      current().put(lineOf(text, style, width), place),
    /** A horizontal rule at `y`. */
    rule(y: number, colour: Colour, { from = area.left, to = area.right, width = 0.5 } = {}) {
      current().line({ x1: from, y1: y, x2: to, y2: y, width }, colour)
    },
    tint: (box: Box) => current().rect(box, colours.tint),
    picture: (image: Image, box: Box) => current().image(document.image(image), box),
    figure: (boxes: Box[], colour: Colour) => current().figure(boxes, colour),
    link: (box: Box, to: string) => current().link(box, to)
  }
}

type Facts = { parent?: Element; alt?: string; scope?: 'Column' | 'Row' }

/** Centres the characters, which reach about 0.76 em up, in a line that begins at `top`. */
export function baseline(top: number, { size, leading }: Type): number {
  return top + leading / 2 + size * 0.37
}

/** Page numbers, once it is known how many there are. */
export function drawFooters({ pages, t }: Sheet, number: string) {
  const y = paper.height - 34
  for (const [index, page] of pages.entries()) {
    page.tag()
    const place = { x: area.right, y, align: 'right' } as const
    page.text(`${index + 1} / ${pages.length}`, place, small)
    if (index > 0) page.text(`${t('請求書', 'Invoice')} ${number}`, { x: area.left, y }, small)
  }
}
