import { PDFContext, PDFHexString, PDFRawStream, type PDFRef, PDFString } from 'pdf-lib'
import { embedFont } from './font/embed.ts'
import type { Painted } from './page.ts'
import { buildPageTree } from './page-tree.ts'
import { partsOf, type Use } from './use.ts'
import { write } from './write.ts'

/** What readers show about a document; the same input and dates make the same bytes. */
export type About = {
  title: string
  /** BCP 47, such as `ja`. */
  language: string
  author?: string
  createdAt: Date
}

/** Puts painted pages together to the bytes of a PDF. */
export function assemble(about: About, pages: Painted[], use: Use): Uint8Array {
  const context = PDFContext.create()
  const root = context.nextRef()
  const resources = context.register(context.obj({ Font: embedFonts(context, use) }))
  const tree = buildPageTree(context, pages, resources)
  context.assign(
    root,
    context.obj({
      Type: 'Catalog',
      Pages: tree.root,
      Lang: PDFString.of(about.language),
      ViewerPreferences: { DisplayDocTitle: true }
    })
  )
  return write(context, root, describe(context, about))
}

function embedFonts(context: PDFContext, use: Use) {
  const parts = partsOf(use)
  return Object.fromEntries(
    parts.map(({ name, face, cids, isCommon }) => [name, embedFont(context, face, cids, isCommon)])
  )
}

function describe(context: PDFContext, { title, author, createdAt }: About): PDFRef {
  const date = PDFString.fromDate(createdAt)
  return context.register(
    context.obj({
      Title: PDFHexString.fromText(title),
      ...(author ? { Author: PDFHexString.fromText(author) } : {}),
      Creator: PDFString.of('Beanline'),
      Producer: PDFString.of('Beanline (pdf-lib)'),
      CreationDate: date,
      ModDate: date
    })
  )
}
