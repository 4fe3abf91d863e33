import { escapeHtml } from '../html.ts'

/** What readers and archives know about a document; the same input and dates make the same bytes. */
export type About = {
  title: string
  /** BCP 47, such as `ja`. */
  language: string
  author?: string
  createdAt: Date
  /** For searches, such as 取引年月日 of an invoice: `name` is ASCII letters. */
  facts?: { name: string; label: string; value: string }[]
}

export const producer = 'Beanline (pdf-lib)'
export const creator = 'Beanline'

const namespace = 'https://beanline.example/ns/facts#'

/** Text without the characters that XML can't have: archives ask that both forms say the same. */
export function legible(text: string): string {
  return text.replace(/[^\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
}

function escaped(text: string) {
  return escapeHtml(legible(text))
}

/**
 * The same as XMP (ISO 16684-1), which PDF/A asks for beside the older form. Facts of our own need their
 * schema described (ISO 19005-2, 6.6.2.3.3). With `isArchival` the file says that it is built as PDF/A-2u.
 */
export function xmpOf(about: About, isArchival: boolean): string {
  const date = about.createdAt.toISOString().replace(/\.\d+Z$/, 'Z')
  const facts = about.facts ?? []
  return `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${escaped(about.title)}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>${escaped(about.language)}</rdf:li></rdf:Bag></dc:language>
${about.author ? `<dc:creator><rdf:Seq><rdf:li>${escaped(about.author)}</rdf:li></rdf:Seq></dc:creator>` : ''}
<xmp:CreateDate>${date}</xmp:CreateDate><xmp:ModifyDate>${date}</xmp:ModifyDate><xmp:CreatorTool>${creator}</xmp:CreatorTool>
<pdf:Producer>${producer}</pdf:Producer>
</rdf:Description>
${isArchival ? archival : ''}${facts.length > 0 ? factsOf(facts) : ''}</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>`
}

const archival = `<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"><pdfaid:part>2</pdfaid:part><pdfaid:conformance>U</pdfaid:conformance></rdf:Description>
`

function factsOf(facts: NonNullable<About['facts']>) {
  const values = facts.map(({ name, value }) => `<fact:${name}>${escaped(value)}</fact:${name}>`)
  const described = facts.map(
    ({ name, label }) =>
      `<rdf:li rdf:parseType="Resource"><pdfaProperty:name>${name}</pdfaProperty:name><pdfaProperty:valueType>Text</pdfaProperty:valueType><pdfaProperty:category>external</pdfaProperty:category><pdfaProperty:description>${escaped(label)}</pdfaProperty:description></rdf:li>`
  )
  return `<rdf:Description rdf:about="" xmlns:fact="${namespace}">${values.join('')}</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource"><pdfaSchema:schema>Facts of the document</pdfaSchema:schema><pdfaSchema:namespaceURI>${namespace}</pdfaSchema:namespaceURI><pdfaSchema:prefix>fact</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>${described.join('')}</rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
`
}
