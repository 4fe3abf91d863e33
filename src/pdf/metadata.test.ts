import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PDFDocument } from 'pdf-lib'
import { openDocument } from './document.ts'
import { type About, xmpOf } from './metadata.ts'

const createdAt = new Date('2026-11-23T01:02:03.456Z')
const about: About = { title: '請求書', language: 'ja', createdAt }
const hostile =
  '</rdf:li><x a="1\'>&lt; ]]> <!-- -- <?xpacket end="w"?> \u0000\u0007\ud800\uffff\ufffe豆'

/** Throws unless it is well-formed: names nest, values are quoted, and all characters are of XML. */
function elementsOf(xml: string): string[] {
  const body = xml.replace(/^<\?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"\?>\n/, '')
  assert.notEqual(body, xml)
  const rest = body.replace(/\n<\?xpacket end="r"\?>$/, '')
  assert.notEqual(rest, body)
  assert.match(rest, /^[\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u)
  const [open, seen]: [string[], string[]] = [[], []]
  for (const [, text = '', tag = ''] of rest.matchAll(/([^<]*)(<[^>]*>|$)/g)) {
    assert.match(text, /^([^&<]|&(amp|lt|gt|quot|#39);)*$/)
    const parts = /^<(\/?)([a-zA-Z]+:[a-zA-Z]+)(?:\s+[a-zA-Z]+:[a-zA-Z]+="[^"<&]*")*(\/?)>$/.exec(
      tag
    )
    assert.ok(parts || tag === '', tag)
    if (!parts) continue
    if (parts[1]) assert.equal(open.pop(), parts[2])
    else seen.push(parts[2] as string)
    if (!parts[1] && !parts[3]) open.push(parts[2] as string)
  }
  assert.deepEqual(open, [])
  return seen
}

test('title, language, author and dates are told', () => {
  const xmp = xmpOf({ ...about, author: 'まめや' }, false)
  const elements = elementsOf(xmp)
  for (const name of ['dc:title', 'dc:language', 'dc:creator', 'xmp:CreateDate', 'pdf:Producer'])
    assert.equal(elements.filter(element => element === name).length, 1, name)
  assert.match(xmp, /<rdf:li xml:lang="x-default">請求書<\/rdf:li>/)
  assert.match(xmp, /<xmp:CreateDate>2026-11-23T01:02:03Z<\/xmp:CreateDate>/)
  assert.ok(!elements.includes('pdfaid:part'))
})

test('only what is built as an archive says so', () => {
  assert.match(
    xmpOf(about, true),
    /<pdfaid:part>2<\/pdfaid:part><pdfaid:conformance>U<\/pdfaid:conformance>/
  )
  assert.ok(elementsOf(xmpOf(about, true)).includes('pdfaid:conformance'))
})

test('facts of a document come with a description of each', () => {
  const facts = [
    { name: 'TransactionDate', label: '取引年月日', value: '2026-11-20' },
    { name: 'Counterparty', label: '取引先 & 宛名', value: 'A & <B> "C"' }
  ]
  const xmp = xmpOf({ ...about, facts }, true)
  const elements = elementsOf(xmp)
  assert.match(xmp, /<fact:Counterparty>A &amp; &lt;B&gt; &quot;C&quot;<\/fact:Counterparty>/)
  assert.equal(elements.filter(name => name === 'pdfaProperty:name').length, 2)
  assert.match(xmp, /<pdfaProperty:name>TransactionDate<\/pdfaProperty:name>/)
})

test('it is well-formed whatever people type', () => {
  const facts = [{ name: 'Number', label: hostile, value: hostile }]
  const xmp = xmpOf({ title: hostile, language: 'ja', author: hostile, createdAt, facts }, true)
  assert.equal(elementsOf(xmp).filter(name => name === 'rdf:li').length, 5)
  assert.ok(xmp.includes('豆'))
})

test('readers and archives find the same title', async () => {
  const document = openDocument({ ...about, title: hostile, author: hostile })
  document.page()
  const pdf = await PDFDocument.load(document.save(), { updateMetadata: false })
  const title = pdf.getTitle() ?? ''
  assert.equal(pdf.getAuthor(), title)
  assert.ok(title.isWellFormed())
  const escaped = title.replace(
    /[&<>"']/g,
    sign => `&${{ '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot' }[sign] ?? '#39'};`
  )
  assert.ok(xmpOf({ ...about, title: hostile }, true).includes(`>${escaped}<`))
})
