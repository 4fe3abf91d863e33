import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nastyLines } from '../../test/nasty.ts'
import { needs } from '../../test/needs.ts'
import { pdfjsLinesOf } from '../../test/pdfjs.ts'
import { textOf, wordsOf } from '../../test/proof.ts'
import { openDocument } from './document.ts'
import { paragraphOf } from './text/line.ts'

function printed(lines: string[], weight: 'regular' | 'bold' = 'regular', isSpaced = false) {
  const document = openDocument({ title: '', language: 'ja', createdAt: new Date(0) })
  const page = document.page()
  for (const [index, text] of lines.entries()) {
    const [line] = paragraphOf([{ text, style: { size: 12, weight } }], 500, { isSpaced })
    if (line) page.put(line, { x: 50, y: 50 + index * 36 })
  }
  assert.deepEqual([...document.missing], [])
  return document.save()
}

const popplerLinesOf = (pdf: Uint8Array) => (textOf(pdf)[0] ?? '').trimEnd().split('\n')

for (const weight of ['regular', 'bold'] as const) {
  test(`poppler copies nasty lines as they were typed, in ${weight}`, {
    skip: needs('pdftotext')
  }, () => {
    assert.deepEqual(popplerLinesOf(printed(nastyLines, weight)), nastyLines)
  })

  test(`pdf.js copies nasty lines as they were typed, in ${weight}`, async () => {
    assert.deepEqual(await pdfjsLinesOf(printed(nastyLines, weight)), [nastyLines])
  })
}

test('a no-break space is read as a space or as itself', { skip: needs('pdftotext') }, async () => {
  const pdf = printed(['10\u00a0kg'])
  for (const [line] of [popplerLinesOf(pdf), ...(await pdfjsLinesOf(pdf))])
    assert.match(line ?? '', /^10[ \u00a0]kg$/)
})

test('a selector that no font knows is left out', { skip: needs('pdftotext') }, async () => {
  const pdf = printed(['葛\u{e01ef}城'])
  assert.deepEqual([popplerLinesOf(pdf), ...(await pdfjsLinesOf(pdf))], [['葛城'], ['葛城']])
})

test('where Japanese and Latin are set apart, a reader sees at most a space between them', {
  skip: needs('pdftotext')
}, async () => {
  const line = '第3版のPDFを2026年にNode.jsで12,500部'
  const pdf = printed([line], 'regular', true)
  const between = /(?<=[\u3041-\u9fff]) (?=[0-9A-Za-z])|(?<=[0-9A-Za-z]) (?=[\u3041-\u9fff])/g
  for (const [read = ''] of [popplerLinesOf(pdf), ...(await pdfjsLinesOf(pdf))])
    assert.equal(read.replace(between, ''), line)
})

test('a line ends where its width says, with room and without', {
  skip: needs('pdftotext')
}, () => {
  const style = { size: 12 }
  for (const isSpaced of [false, true]) {
    const [line] = paragraphOf([{ text: '第3版のPDFを2026年に', style }], 500, { isSpaced })
    const words = wordsOf(printed(['第3版のPDFを2026年に'], 'regular', isSpaced))[0] ?? []
    const right = Math.max(...words.map(word => word.right))
    assert.ok(Math.abs(right - 50 - (line?.width ?? 0)) < 0.1, `${right} ${line?.width}`)
  }
})
