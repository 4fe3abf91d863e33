import { deflateSync } from 'node:zlib'
import { PDFContext, PDFHexString, PDFRawStream, type PDFRef, PDFString } from 'pdf-lib'
import { sRgbProfile } from './colour-profile.ts'
import { embedFont } from './font/embed.ts'
import { type About, creator, legible, producer, xmpOf } from './metadata.ts'
import { hundredths } from './number.ts'
import { type Bookmark, buildOutline } from './outline.ts'
import type { Painted } from './page.ts'
import { buildPageTree } from './page-tree.ts'
import type { Box } from './paint.ts'
import { deflated } from './stream.ts'
import { buildStructure, type Element } from './structure.ts'
import { nameOf, type Use } from './use.ts'
import { write } from './write.ts'

/** A link on a page: to an address, or to a height on a page. */
export type Way = { box: Box; to: string | { page: number; y: number } }

/** All that a document consists of, but for its fonts. */
export type Whole = {
  about: About
  pages: Painted[]
  use: Use
  /** By page. */
  links?: Way[][]
  bookmarks?: Bookmark[]
  structure?: Element
  /** By the names that the pages use. */
  images?: Map<string, (context: PDFContext) => PDFRef>
  /** Whether it may say that it is built as PDF/A-2u. */
  isArchival?: boolean
}

const packedProfile = deflateSync(sRgbProfile(), { level: 9 })

/** Puts painted pages together to the bytes of a PDF. */
export function assemble(whole: Whole): Uint8Array {
  const { about, pages, use, links = [], bookmarks = [], structure, images = new Map() } = whole
  if (pages.length === 0) throw new Error('The document has no page: draw one before it is saved.')
  const context = PDFContext.create()
  const root = context.nextRef()
  const refs = pages.map(() => context.nextRef())
  const annotations = pages.map((_, page) => (links[page] ?? []).map(() => context.nextRef()))
  const destination = (page: number, y: number) => {
    const height = (pages[page] as Painted).height
    return [refs[page] as PDFRef, 'XYZ', null, hundredths(height - y), null]
  }
  const tree = structure && buildStructure(context, structure, { pages: refs, links: annotations })
  const { root: top, parents } = buildPageTree(context, refs)
  const resources = context.register(
    context.obj({
      Font: embedFonts(context, use),
      XObject: Object.fromEntries([...images].map(([name, embed]) => [name, embed(context)]))
    })
  )
  for (const [index, page] of pages.entries()) {
    const ref = refs[index] as PDFRef
    const annots = annotations[index] as PDFRef[]
    for (const [link, annotation] of annots.entries()) {
      const { box, to } = (links[index] as Way[])[link] as Way
      const way =
        typeof to === 'string'
          ? { A: { S: 'URI', URI: addressOf(to) } }
          : { Dest: destination(to.page, to.y) }
      const key = tree ? { StructParent: tree.linkKey(index, link) } : {}
      const sides = sidesOf(box, page.height)
      context.assign(annotation, context.obj({ ...annotationOf(sides), ...way, ...key }))
    }
    const content = context.register(deflated(context, page.content))
    context.assign(
      ref,
      context.obj({
        Type: 'Page',
        Parent: parents.get(ref) as PDFRef,
        MediaBox: [0, 0, page.width, page.height],
        Resources: resources,
        Contents: content,
        ...(annots.length > 0 ? { Annots: annots } : {}),
        ...(tree ? { StructParents: tree.pageKey(index), Tabs: 'S' } : {})
      })
    )
  }
  context.assign(
    root,
    context.obj({
      Type: 'Catalog',
      Pages: top,
      Lang: PDFString.of(about.language),
      ViewerPreferences: { DisplayDocTitle: true },
      Metadata: embedMetadata(context, about, whole.isArchival ?? false),
      OutputIntents: [outputIntent(context)],
      ...(tree ? { StructTreeRoot: tree.root, MarkInfo: { Marked: true } } : {}),
      ...(bookmarks.length > 0
        ? { Outlines: buildOutline(context, bookmarks, destination), PageMode: 'UseOutlines' }
        : {})
    })
  )
  return write(context, root, describe(context, about))
}

/** A PDF measures from the bottom of the page. */
function sidesOf({ x, y, width, height }: Box, pageHeight: number) {
  return [x, pageHeight - y - height, x + width, pageHeight - y].map(hundredths)
}

function annotationOf(sides: number[]) {
  // F 4: to be printed, which PDF/A asks for.
  return { Type: 'Annot', Subtype: 'Link', Rect: sides, Border: [0, 0, 0], F: 4 }
}

/** In hexadecimal digits, among which no bracket ends it; what is not of ASCII is escaped (12.6.4.7). */
function addressOf(address: string) {
  const ascii = address.toWellFormed().replace(/[^!-~]+/g, encodeURIComponent)
  return PDFHexString.of(Buffer.from(ascii).toString('hex'))
}

function embedFonts(context: PDFContext, use: Use) {
  return Object.fromEntries(
    use.flatMap((known, face) =>
      known ? [[nameOf(face), embedFont(context, face, known.cids)]] : []
    )
  )
}

function embedMetadata(context: PDFContext, about: About, isArchival: boolean) {
  const bytes = Buffer.from(xmpOf(about, isArchival))
  const dictionary = context.obj({ Type: 'Metadata', Subtype: 'XML', Length: bytes.length })
  return context.register(PDFRawStream.of(dictionary, bytes))
}

function outputIntent(context: PDFContext) {
  const name = PDFString.of('sRGB')
  const profile = context.register(deflated(context, packedProfile, { N: 3 }))
  return {
    Type: 'OutputIntent',
    S: 'GTS_PDFA1',
    OutputConditionIdentifier: name,
    DestOutputProfile: profile
  }
}

function describe(context: PDFContext, { title, author, createdAt }: About): PDFRef {
  const date = PDFString.fromDate(createdAt)
  return context.register(
    context.obj({
      Title: PDFHexString.fromText(legible(title)),
      ...(author ? { Author: PDFHexString.fromText(legible(author)) } : {}),
      Creator: PDFString.of(creator),
      Producer: PDFString.of(producer),
      CreationDate: date,
      ModDate: date
    })
  )
}
