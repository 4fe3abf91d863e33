import { type PDFContext, PDFHexString, PDFName, type PDFObject, type PDFRef } from 'pdf-lib'
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
      return contentOf(context, kid, home, places)
    })
    const dictionary = {
      S: element.role,
      P: parent,
      ...(kids.length > 0 ? { K: kids.length === 1 ? kids[0] : kids } : {}),
      ...(home === undefined ? {} : { Pg: places.pages[home] }),
      ...(element.alt ? { Alt: PDFHexString.fromText(legible(element.alt)) } : {}),
      ...(element.scope ? { A: { O: 'Table', Scope: element.scope } } : {})
    }
    context.assign(ref, context.obj(dictionary as Parameters<PDFContext['obj']>[0]) as PDFObject)
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
    ...byPage.map((refs, page) => [tree.pageKey(page), refs] as const),
    ...byLink.flatMap((refs, page) =>
      refs.map((ref, link) => [tree.linkKey(page, link), ref] as const)
    )
  ]
  const parents = context.register(context.obj({ Nums: keys.flat() as unknown as number[] }))
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

function contentOf(
  context: PDFContext,
  content: Content,
  home: number | undefined,
  places: Places
) {
  const { page } = content
  if ('mcid' in content) {
    if (page === home) return content.mcid
    return { Type: PDFName.of('MCR'), Pg: places.pages[page], MCID: content.mcid }
  }
  const link = places.links[page]?.[content.link] as PDFRef
  return context.obj({ Type: 'OBJR', Obj: link, Pg: places.pages[page] as PDFRef })
}

/** Where each list begins when all follow each other, from `first` on; and where the last one ends. */
function startsOf(lengths: number[], first: number) {
  const starts = [first]
  for (const length of lengths) starts.push((starts.at(-1) as number) + length)
  return starts
}
