import assert from 'node:assert/strict'
import { test } from 'node:test'
import { needs } from '../../test/needs.ts'
import { textOf, type Word, wordsOf } from '../../test/proof.ts'
import { columnsFor } from './columns.ts'
import { draw } from './pdf.ts'
import { setProse } from './prose.ts'
import type { Report } from './schema.ts'
import { area } from './style.ts'

async function drawn(text: string, more: Partial<Report> = {}) {
  const report = { title: 'T', ...more, text }
  const wishes = { language: 'ja', createdAt: new Date(0) } as const
  return (await draw({ report, ...wishes }, { progress() {} })).bytes
}

/** The words of a page that are neither above nor below its text. */
const inside = (words: Word[]) =>
  words.filter(({ top, bottom }) => top > area.top - 10 && bottom < area.bottom + 10)

/** The lines of the body, page by page, without the cover; head and number are drawn last. */
const bodyOf = (pdf: Uint8Array) =>
  textOf(pdf)
    .slice(1)
    .map(page => page.trim().split('\n').slice(0, -2))

const skip = needs('pdftotext')

test('a paragraph leaves no line alone at the top or the bottom of a page', { skip }, async () => {
  for (let before = 30; before < 40; before += 1) {
    const text = `${'前  \n'.repeat(before)}前\n\n${'豆  \n'.repeat(4)}豆`
    const lines = bodyOf(await drawn(text)).map(page => page.filter(line => line === '豆').length)
    assert.ok(
      lines.every(count => count !== 1),
      `${before}: ${lines}`
    )
    assert.equal(
      lines.reduce((a, b) => a + b),
      5
    )
  }
})

test('a heading is never the last line of a page, nor what announces a list', {
  skip
}, async () => {
  for (let before = 30; before < 42; before += 1)
    for (const kept of ['## 題\n\n豆', '題\n\n- 豆']) {
      const pages = bodyOf(await drawn(`${'前  \n'.repeat(before)}前\n\n${kept}`))
      for (const page of pages) assert.notEqual(page.at(-1), '題', `${before}: ${kept}`)
    }
})

test('no text leaves the space that is meant for it', { skip }, async () => {
  const long = 'supercalifragilisticexpialidocious-https://example.jp/a/b?c=1'
  const text = `# ${long}\n\n${`${long}焙煎。「豆」`.repeat(30)}\n\n- ${long.repeat(3)}\n\n|a|b|c|\n|-|-|-|\n|${long}|${long}|豆|\n\n\`\`\`\n${long.repeat(4)}\n\`\`\`\n\n> ${long.repeat(3)}`
  for (const words of wordsOf(await drawn(text)).slice(1))
    for (const { text: word, left, right } of inside(words))
      assert.ok(left >= area.left - 1 && right <= area.right + 1, `${word} ${left} ${right}`)
})

test('code stands on a grid: a full-width character is as wide as two half-width ones', {
  skip
}, async () => {
  const [, page = []] = wordsOf(await drawn('```\nWiii iiWW\n豆豆 豆豆\n\t\ta\n        b\n```'))
  const left = (text: string) => page.find(word => word.text === text)?.left ?? 0
  const cell = (left('iiWW') - left('Wiii')) / 5
  assert.ok(Math.abs(cell - 4.25) < 0.01)
  const [first, second] = page.filter(({ text }) => text === '豆豆')
  assert.ok(Math.abs(((second?.left ?? 0) - (first?.left ?? 0)) / 5 - cell) < 0.01)
  assert.equal(left('a'), left('b'))
})

test('a line of code that is too long is broken between words, and goes on further in', {
  skip
}, async () => {
  const call = `return ${'豆'.repeat(40)} sixteen_letters_x`
  const [, page = []] = wordsOf(await drawn(`\`\`\`\n  ${call}\nend\n\`\`\``))
  const word = (text: string) => page.find(found => found.text === text) as Word
  const [first, next, last] = ['return', 'sixteen_letters_x', 'end'].map(word) as [Word, Word, Word]
  assert.ok(first.top < next.top && next.top < last.top)
  const cell = (first.left - last.left) / 2
  assert.ok(Math.abs((next.left - first.left) / 2 - cell) < 0.01)
})

test('the head of a table stands on each page of it, and numbers end at the same place', {
  skip
}, async () => {
  const rows = Array.from({ length: 80 }, (_, n) => `|行${n}|${10 ** (n % 6)}.5 kg|`)
  const pages = wordsOf(await drawn(`|名|重さ|\n|-|-|\n${rows.join('\n')}`)).slice(1)
  assert.ok(pages.length > 2)
  for (const words of pages) {
    assert.equal(inside(words)[0]?.text, '名')
    const ends = words.filter(({ text }) => text === 'kg').map(({ right }) => right)
    for (const end of ends) assert.ok(Math.abs(end - (ends[0] as number)) < 0.1)
  }
})

test('a head that is higher than a page goes on on the next one', { skip }, async () => {
  const words = wordsOf(await drawn(`|${'豆'.repeat(4000)}|水|\n|-|-|\n|行|1|`)).slice(1)
  const found = words.flatMap(inside).map(({ text }) => text)
  assert.equal(found.join('').replace(/[^豆]/g, '').length, 4000)
  assert.equal(found.at(-1), '1')
})

test('nothing on the cover overlaps, however long its texts are', { skip }, async () => {
  const long = { title: '題'.repeat(150), subtitle: '副'.repeat(200) }
  const foot = { organisation: '社'.repeat(100), author: '著'.repeat(100), date: '2026-11-23' }
  for (const more of [{ title: '題' }, long, { ...long, ...foot }]) {
    const [cover = []] = wordsOf(await drawn('本文', more))
    assert.ok((cover[0]?.top ?? 0) > area.top)
    for (const [index, { text, left, top, bottom }] of cover.entries()) {
      const before = cover[index - 1] ?? { right: 0, top: 0, bottom: 0 }
      const isOnSameLine = Math.abs(top - before.top) < 0.1 && left > before.right
      assert.ok(isOnSameLine || (top + bottom) / 2 > before.bottom, text)
      assert.ok(bottom < area.bottom, text)
    }
  }
})

test('columns take what they need, and the widest gives way', () => {
  const set = (text: string) => setProse([{ text, look: 0 }], { size: 10, leading: 15 })
  const wish = { width: 400, size: 10, aligns: [undefined, undefined, undefined] }
  const heads = ['銘柄', '所見', '点'].map(set)
  const rows = [['マンデリン', '変化はわずかである。'.repeat(20), '1,234.5'].map(set)]
  const { lefts, widths, aligns } = columnsFor({ ...wish, heads, rows })
  assert.ok((widths[0] ?? 0) >= 49.9 && (widths[1] ?? 0) > 200)
  assert.deepEqual(aligns, ['left', 'left', 'right'])
  assert.ok((lefts[2] ?? 0) + (widths[2] ?? 0) <= 400)
})
