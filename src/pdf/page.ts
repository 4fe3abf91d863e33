import { deflateSync } from 'node:zlib'
import { type Box, type Mark, openPainter, type Rule } from './paint.ts'
import type { Content, Element } from './structure.ts'
import { lineOf, type TextLine } from './text/line.ts'
import type { Colour, Setting, Style } from './text/setting.ts'
import type { Use } from './use.ts'

/** A place in a document, `y` in points from the top of the page. */
export type Target = { page: Page; y: number }
/** Where a click leads: a page, or an address. */
export type Link = { box: Box; to: Target | string }

/** Whether each element has its own stretches of a page, or the whole page is one element but for its pictures. */
export type Tagging = 'none' | 'fine' | 'whole'

/** A page whose marks have become a content stream. */
export type Painted = {
  width: number
  height: number
  content: Uint8Array
  stretches: number
  /** The stretches that are pictures, of a page that is one element. */
  figures: Figure[]
}
export type Figure = { mcid: number; alt: string }

/** Where text goes: `x` is its left, right or middle, by `align`, and `y` its baseline. */
export type Place = { x: number; y: number; align?: 'left' | 'right' | 'center' }

/** A4, in points. */
export const paper = { width: 595.28, height: 841.89 }

export type Page = ReturnType<typeof openPage>

/** A page to draw on, in points from its top left corner. What no font has goes to `missing`. */
export function openPage(missing: Set<string>) {
  const marks: Mark[] = []
  const owners: (Element | undefined)[] = []
  const links: Link[] = []
  const reported = new WeakSet<Setting>()
  const contents: Content[] = []
  let stretches = 0
  let isPainted = false
  let owner: Element | undefined

  /** Once for all lines of a text. */
  function report(setting: Setting) {
    if (setting.missing.size === 0 || reported.has(setting)) return
    reported.add(setting)
    for (const character of setting.missing) missing.add(character)
  }

  function add(mark: Mark) {
    const element = mark.kind === 'line' || mark.kind === 'boxes' ? mark.owner : owner
    if (element && element !== owners.at(-1)) hold(element, { page: 0, mcid: stretches++ })
    marks.push(mark)
    owners.push(element)
  }

  /** Held at once, so that an element has its marks and its other parts in reading order. */
  function hold(element: Element, content: Content) {
    element.kids.push(content)
    contents.push(content)
  }

  return {
    links: links as readonly Link[],

    /** What the following text and pictures belong to; without one, they are decoration. */
    tag(element?: Element) {
      owner = element
    },

    text(text: string, place: Place, style: Style) {
      this.put(lineOf(text, style), place)
    },

    /** A line that has been set before. */
    put({ setting, start, end, width, spacing = 0 }: TextLine, { x, y, align = 'left' }: Place) {
      report(setting)
      if (end <= start) return
      const left = x - { left: 0, center: width / 2, right: width }[align]
      add({ kind: 'text', x: left, y, setting, start, end, spacing })
    },

    rect: (box: Box, colour: Colour) => add({ kind: 'boxes', boxes: [box], colour }),
    line: (rule: Rule, colour: Colour) => add({ kind: 'line', ...rule, colour }),
    /** Boxes that together are a picture, such as a QR code. */
    figure: (boxes: Box[], colour: Colour) => add({ kind: 'boxes', boxes, colour, owner }),
    image: (name: string, box: Box) => add({ kind: 'image', name, ...box }),
    link(box: Box, to: Target | string) {
      if (owner) hold(owner, { page: 0, link: links.length })
      links.push({ box, to })
    },

    /**
     * Turns the marks into operators; tells the elements that theirs are on page `number`. Once: the marks are
     * given up, for those of a thousand pages take 30 MB.
     */
    paint(use: Use, number: number, tagging: Tagging, level: number): Painted {
      if (isPainted)
        throw new Error('The page has been painted, and its marks are gone: save once.')
      isPainted = true
      const painter = openPainter(paper.height, use)
      for (const content of contents) content.page = number
      const figures: Figure[] = []
      let mcid = 0
      let open: Element | undefined | null = null
      for (const [index, mark] of marks.entries()) {
        const element = tagging === 'whole' ? largest(owners[index]) : owners[index]
        if (tagging !== 'none' && element !== open) {
          if (open !== null) painter.operator('EMC')
          if (tagging === 'whole' && element?.role === 'Figure')
            figures.push({ mcid, alt: element.alt ?? '' })
          painter.operator(element ? `/${element.role} <</MCID ${mcid++}>>BDC` : '/Artifact BMC')
          open = element
        }
        painter.mark(mark)
      }
      if (open !== null) painter.operator('EMC')
      marks.length = 0
      owners.length = 0
      const content = deflateSync(painter.content(), { level })
      return { ...paper, content, stretches: mcid, figures }
    }
  }
}

const section: Element = { role: 'Sect', kids: [] }

/** What a mark belongs to where only pictures are elements of their own. */
function largest(owner: Element | undefined): Element {
  return owner?.role === 'Figure' ? owner : section
}
