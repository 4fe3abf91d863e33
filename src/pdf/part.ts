import { assemble, type Way } from './assemble.ts'
import { type Document, embedAll } from './document.ts'
import type { Face } from './font/fonts.ts'
import type { Image } from './image/image.ts'
import type { About } from './metadata.ts'
import type { Bookmark } from './outline.ts'
import type { Painted } from './page.ts'
import { addElement, type Element } from './structure.ts'
import { note, type Use } from './use.ts'

/** Neighbouring pages that belong together, such as an invoice; `page` is the first of them, from 0. */
export type Section = { title: string; page: number; count: number }

/**
 * Pages that were painted apart, in a thread, as part of a whole: `bytes` are their content streams one
 * after the other. CIDs depend on the fonts alone, so the pages need no change to be put together.
 */
export type Part = {
  bytes: Uint8Array
  pages: (Omit<Painted, 'content'> & { length: number })[]
  sections: Section[]
  /** Of each face the CIDs that are used. */
  cids: Uint16Array[]
  /** How many pictures they have, which all parts share. */
  imageCount: number
  /** The pages that have links. */
  links: [page: number, ways: Way[]][]
}

/** zlib's level for the pages of a part: 6 takes half as long again for all of them, and saves 6 % of the file. */
const level = 3

/** Opens a part, to which documents are added one by one. */
export function openPart() {
  const use: Use = []
  const contents: Uint8Array[] = []
  const part: Omit<Part, 'bytes' | 'cids'> = { pages: [], sections: [], imageCount: 0, links: [] }

  return {
    /** Adds a document as a section. It is painted at once, since marks that live long cost most of the time. */
    add(document: Document, title: string) {
      const { pages, links } = document.paint('whole', level, use)
      const page = part.pages.length
      part.sections.push({ title, page, count: pages.length })
      for (const [index, { content, ...facts }] of pages.entries()) {
        contents.push(content)
        part.pages.push({ ...facts, length: content.length })
        const ways = links[index] as Way[]
        if (ways.length > 0) part.links.push([page + index, ways])
      }
      part.imageCount = Math.max(part.imageCount, document.imageCount())
    },
    close(): Part {
      const cids = Array.from(use, known => Uint16Array.from(known?.cids ?? []))
      return { ...part, cids, bytes: Buffer.concat(contents) }
    }
  }
}

/**
 * Puts parts together to the bytes of a PDF, with a bookmark and an element of structure for each section.
 * `images` are those of each part, in the order in which it drew them.
 */
export function join(about: About, parts: Part[], images: Image[] = []): Uint8Array {
  const use: Use = []
  const pages: Painted[] = []
  const links: Way[][] = []
  const bookmarks: Bookmark[] = []
  const structure: Element = { role: 'Document', kids: [] }
  if (parts.some(({ imageCount }) => imageCount > images.length))
    throw new Error('A part has pictures that the whole does not know: hand them to `join`.')
  for (const part of parts) {
    const first = pages.length
    for (const [face, cids] of part.cids.entries())
      for (const cid of cids) note(use, face as Face, cid)
    for (const [page, ways] of part.links) links[first + page] = ways
    pages.push(...pagesOf(part))
    for (const { title, page, count } of part.sections) {
      bookmarks.push({ title, level: 1, page: first + page, y: 0 })
      addSection(structure, pages, first + page, count, links)
    }
  }
  return assemble({ about, pages, use, links, bookmarks, structure, ...embedAll(images) })
}

function pagesOf({ bytes, pages }: Part): Painted[] {
  let offset = 0
  return pages.map(({ length, ...facts }) => {
    const content = bytes.subarray(offset, offset + length)
    offset += length
    return { ...facts, content }
  })
}

/** Only pictures and links are parts of a section: with finer ones, the structure would outweigh the pages. */
function addSection(top: Element, pages: Painted[], first: number, count: number, links: Way[][]) {
  const section = addElement(top, 'Sect')
  for (let page = first; page < first + count; page += 1) {
    addStretches(section, pages[page] as Painted, page)
    for (const link of (links[page] ?? []).keys())
      addElement(section, 'Link').kids.push({ page, link })
  }
}

function addStretches(section: Element, { stretches, figures }: Painted, page: number) {
  for (let mcid = 0; mcid < stretches; mcid += 1) {
    const figure = figures.find(figure => figure.mcid === mcid)
    const element = figure ? addElement(section, 'Figure', { alt: figure.alt }) : section
    element.kids.push({ page, mcid })
  }
}
