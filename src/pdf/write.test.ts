import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PDFContext, PDFDocument, PDFName, PDFRawStream, type PDFRef, PDFString } from 'pdf-lib'
import { readFile } from '../../test/file.ts'
import { needs } from '../../test/needs.ts'
import { faultsOf } from '../../test/proof.ts'
import { compressed } from './stream.ts'
import { write } from './write.ts'

/** A catalogue, and as many other objects as wanted; every third is a stream. */
function written(count: number, note = '') {
  const context = PDFContext.create()
  const refs: PDFRef[] = []
  for (let index = 0; index < count; index += 1)
    refs.push(
      context.register(
        index % 3 === 0
          ? compressed(context, Buffer.from(`stream ${index}`), { Index: index })
          : context.obj({ Index: index, Text: PDFString.of(`(${index}) \\( endobj`) })
      )
    )
  const pages = context.register(context.obj({ Type: 'Pages', Kids: [], Count: 0 }))
  const root = context.register(context.obj({ Type: 'Catalog', Pages: pages, Others: refs }))
  const info = context.register(context.obj({ Title: PDFString.of(note) }))
  return { bytes: write(context, root, info), refs, root, info }
}

for (const count of [0, 1, 199, 200, 201, 1500])
  test(`each of ${count} objects is where the file says`, () => {
    const { bytes, refs, root, info } = written(count)
    const { objects, rows, size, trailer } = readFile(bytes)
    assert.equal(rows.length, size)
    assert.deepEqual(rows[0], { type: 0, second: 0, third: 65_535 })
    assert.ok(rows.slice(1).every(({ type }) => type === 1 || type === 2))
    for (const [index, { objectNumber }] of refs.entries())
      assert.match(objects.get(objectNumber)?.text ?? '', new RegExp(`/Index ${index}\\b`))
    assert.match(objects.get(root.objectNumber)?.text ?? '', /\/Type \/Catalog/)
    assert.match(trailer, new RegExp(`/Root ${root.objectNumber} 0 R\\b`))
    assert.match(trailer, new RegExp(`/Info ${info.objectNumber} 0 R\\b`))
  })

test('streams are in the file itself, all else is packed', () => {
  const { objects, rows } = readFile(written(10).bytes)
  for (const { number, text } of objects.values())
    assert.equal(rows[number]?.type, text.includes('\nstream\n') ? 1 : 2, text)
})

test('no stream of objects holds more than two hundred', () => {
  const { objects } = readFile(written(1500).bytes)
  const counts = [...objects.values()].flatMap(
    ({ text }) => /\/Type \/ObjStm[^>]*\/N (\d+)/.exec(text)?.[1] ?? []
  )
  assert.ok(counts.length >= 5)
  for (const count of counts) assert.ok(Number(count) <= 200)
})

test('the same objects make the same file, others another id', () => {
  const [one, same, other] = [written(20), written(20), written(20, 'other')]
  assert.ok(Buffer.from(one.bytes).equals(same.bytes))
  const idOf = ({ bytes }: { bytes: Uint8Array }) =>
    /\/ID \[ <(\w{32})> <\1> \]/.exec(readFile(bytes).trailer)?.[1]
  assert.match(idOf(one) ?? '', /^\w{32}$/)
  assert.notEqual(idOf(one), idOf(other))
})

test('qpdf and pdf-lib read what is written', { skip: needs('qpdf') }, async () => {
  const { bytes, refs } = written(450)
  assert.equal(faultsOf(bytes), '')
  const { context } = await PDFDocument.load(bytes, { updateMetadata: false })
  const stream = context.lookup(refs[300] as PDFRef)
  assert.ok(stream instanceof PDFRawStream)
  assert.equal(String(stream.dict.get(PDFName.of('Index'))), '300')
})
