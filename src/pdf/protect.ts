import { randomBytes } from 'node:crypto'
import { PDFDocument, PDFName, PDFRawStream, PDFRef } from 'pdf-lib'

/**
 * What all readers take for the same password. Some read other characters as ISO 32000-2 has it (SASLprep, which
 * makes １ a 1), others as they are typed, and what comes after 127 bytes none of them reads.
 */
const passwordShape = /^[ -~]{1,127}$/

/**
 * The same document, which opens with the password only (AES-256, ISO 32000-2, 7.6.4). Whoever has it may
 * do everything with it. An archive must be open to all, so the document no longer says that it is PDF/A.
 * Throws when the password is none that opens the document in every reader.
 */
export async function protect(bytes: Uint8Array, password: string): Promise<Uint8Array> {
  if (!passwordShape.test(password)) throw new Error(unusable)
  const pdf = await PDFDocument.load(bytes, { updateMetadata: false })
  dropClaim(pdf)
  // Nobody shall know the owner's password: with it, another one could be set.
  pdf.encrypt({
    userPassword: password,
    ownerPassword: randomBytes(24).toString('base64'),
    permissions: everything
  })
  return pdf.save({
    addDefaultPage: false,
    updateFieldAppearances: false,
    objectsPerTick: Infinity
  })
}

const unusable =
  'A document can’t be locked with this password: give one of 1 to 127 ASCII letters, digits, signs and spaces.'

const everything = {
  printing: 'highResolution',
  modifying: true,
  copying: true,
  annotating: true,
  fillingForms: true,
  contentAccessibility: true,
  documentAssembly: true
} as const

const claim = /<rdf:Description[^>]*xmlns:pdfaid=[\s\S]*?<\/rdf:Description>\n?/

function dropClaim({ catalog, context }: PDFDocument) {
  const ref = catalog.get(PDFName.of('Metadata'))
  const metadata = ref instanceof PDFRef && context.lookup(ref)
  if (!metadata || !(metadata instanceof PDFRawStream)) return
  const text = Buffer.from(metadata.getContents()).toString().replace(claim, '')
  const open = Buffer.from(text)
  const about = { Type: 'Metadata', Subtype: 'XML', Length: open.length }
  context.assign(ref, PDFRawStream.of(context.obj(about), open))
}
