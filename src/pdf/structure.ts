import { type PDFContext, PDFHexString, type PDFRef } from 'pdf-lib'
import { literal } from './literal.ts'
import { legible } from './metadata.ts'

/** What a part of a document is, for those who have it read to them (ISO 32000-1, 14.8.4). */
export type Role =
  | 'Document'
  | 'Part'
  | 'Sect'
  | 'H1'
  | 'H2'
  | 'H3'
  | 'H4'
  | 'H5'
  | 'H6'
  | 'P'
  | 'L'
  | 'LI'
  | 'Lbl'
  | 'LBody'
  | 'Table'
  | 'TR'
  | 'TH'
  | 'TD'
  | 'TOC'
  | 'TOCI'
  | 'Link'
  | 'Note'
  | 'Code'
  | 'BlockQuote'
  | 'Figure'

/** A part of a document, and what it is made of in reading order. */
export type Element = Facts & { role: Role; kids: (Element | Content)[] }

type Facts = {
  /** What a picture shows. */
  alt?: string
  /** Of what a table's head is the head. */
  scope?: 'Column' | 'Row'
}

/** Marks of an element on a page: the `mcid`-th stretch of them there. */
export type Content = { page: number; mcid: number } | { page: number; link: number }

/** Adds a part to another one. */
export function addElement(parent: Element, role: Role, facts: Facts = {}): Element {
  const element: Element = { role, kids: [], ...facts }
  parent.kids.push(element)
  return element
}

/** What the structure refers to: each page, and each of its links. */
export type Places = { pages: PDFRef[]; links: PDFRef[][] }

/** A tree of structure in a document, and how the pages and links find their way back to it. */
export type StructureTree = {
  root: PDFRef
  /** The key of a page, and of a link on it, in the tree of parents. */
  pageKey(page: number): number
  linkKey(page: number, link: number): number
}

export function buildStructure(context: PDFContext, top: Element, places: Places): StructureTree {
  const root = context.nextRef()
  const byPage: PDFRef[][] = places.pages.map(() => [])
  const byLink: PDFRef[][] = places.pages.map(() => [])

  function build(element: Element, parent: PDFRef): PDFRef {
    const ref = context.nextRef()
    const home = homeOf(element)
    const kids = element.kids.map(kid => {
      if ('role' in kid) return build(kid, ref)
      note(kid, ref)
      return contentOf(kid, home, places)
    })
    context.assign(ref, literal(dictionaryOf(element, parent, kids, places.pages[home ?? -1])))
    return ref
  }

  function note(content: Content, ref: PDFRef) {
    const list = 'mcid' in content ? byPage[content.page] : byLink[content.page]
    if (list) list['mcid' in content ? content.mcid : content.link] = ref
  }

  const linkStarts = startsOf(
    places.links.map(({ length }) => length),
    places.pages.length
  )
  const tree = {
    root,
    pageKey: (page: number) => page,
    linkKey: (page: number, link: number) => (linkStarts[page] as number) + link
  }
  const kid = build(top, root)
  const keys = [
    ...byPage.map((refs, page) => `${tree.pageKey(page)}[${refs.join(' ')}]`),
    ...byLink.flatMap((refs, page) => refs.map((ref, link) => `${tree.linkKey(page, link)} ${ref}`))
  ]
  const parents = context.register(literal(`<</Nums[${keys.join(' ')}]>>`))
  const next = linkStarts.at(-1) as number
  context.assign(
    root,
    context.obj({ Type: 'StructTreeRoot', K: kid, ParentTree: parents, ParentTreeNextKey: next })
  )
  return tree
}

/** The page of an element's first own marks. */
function homeOf({ kids }: Element) {
  const own = kids.find(kid => !('role' in kid)) as Content | undefined
  return own?.page
}

function contentOf(content: Content, home: number | undefined, { pages, links }: Places) {
  const { page } = content
  if ('link' in content)
    return `<</Type/OBJR/Obj ${links[page]?.[content.link]}/Pg ${pages[page]}>>`
  return page === home ? content.mcid : `<</Type/MCR/Pg ${pages[page]}/MCID ${content.mcid}>>`
}

type Kid = PDFRef | string | number

function dictionaryOf({ role, alt, scope }: Element, parent: PDFRef, kids: Kid[], page?: PDFRef) {
  const parts = [`<</S/${role}/P ${parent}`]
  if (kids.length > 0) parts.push(`/K[${kids.join(' ')}]`)
  if (page) parts.push(`/Pg ${page}`)
  if (alt) parts.push(`/Alt${PDFHexString.fromText(legible(alt))}`)
  if (scope) parts.push(`/A<</O/Table/Scope/${scope}>>`)
  return `${parts.join('')}>>`
}

/** Where each list begins when all follow each other, from `first` on; and where the last one ends. */
function startsOf(lengths: number[], first: number) {
  const starts = [first]
  for (const length of lengths) starts.push((starts.at(-1) as number) + length)
  return starts
}
