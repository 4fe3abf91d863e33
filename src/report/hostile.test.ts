import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chunk, dataUrl, png } from '../../test/picture.ts'
import { reasonOf } from './limit.ts'
import { draw } from './pdf.ts'

const drawn = (text: string) =>
  draw({ report: { title: 'T', text }, language: 'ja', createdAt: new Date(0) }, { progress() {} })
const table = (row: string, count: number, columns: number) =>
  `|${'a|'.repeat(columns)}\n|${'-|'.repeat(columns)}\n${row.repeat(count)}`
const rows = <Value>(length: number, row: (at: number) => Value) =>
  Array.from({ length }, (_, at) => row(at))
/** A picture of 40 megapixels in 40 KB; no two are the same. */
const bomb = (at: number) => {
  const [width, height] = [2000, 20_000]
  const before = [chunk('tEXt', Buffer.from(`at\0${at}`))]
  return `![x](${dataUrl(png({ width, height, before, rows: Buffer.alloc(2001 * height) }))})`
}

const refused: [string, string, RegExp][] = [
  ['10,000 quotes in each other', '>'.repeat(10_000), /nested too deeply/],
  [
    '2,000 lists in each other',
    rows(2000, at => `${' '.repeat(2 * at)}- x`).join('\n'),
    /too deeply/
  ],
  ['a table of 25 columns', table('', 0, 25), /more than 24 columns/],
  ['100,001 cells', table('|1|2|3|4|\n', 25_000, 4), /more than 100,000 cells/],
  ['pictures of 120 megapixels', rows(3, bomb).join(' '), /more than 100 megapixels/],
  ['pages without end', '# a\n'.repeat(60_000), /more than 5,000 pages/]
]

for (const [name, text, reason] of refused)
  test(`${name} are refused with a reason in both languages`, async () => {
    const error = await drawn(text).catch(error => error)
    assert.match(error.message, reason)
    assert.match(reasonOf(error)?.ja ?? '', /ください。$/)
  })

/** What must be drawn, on at least so many pages. */
const endured: [string, string, number][] = [
  ['30 quotes in each other', `${'>'.repeat(30)} 豆`, 2],
  ['1,000 runs of backticks', rows(1000, at => '`'.repeat(at)).join(' '), 100],
  ['a word of 100,000 letters', 'x'.repeat(100_000), 25],
  ['300,000 ideographs without a break', '豆'.repeat(300_000), 170],
  ['a line of code of 300,000 letters', `\`\`\`\n${'x'.repeat(300_000)}\n\`\`\``, 50],
  ['a line of code of tabs', `\`\`\`\n${'\t'.repeat(100_000)}\n\`\`\``, 50],
  ['a table of 20,000 rows', table('|1|豆|\n', 20_000, 2), 500],
  [
    'cells that are longer than a page',
    table(`|${'豆'.repeat(20_000)}|${'x'.repeat(20_000)}|\n`, 2, 2),
    20
  ],
  ['a head that is longer than a page', `|${'豆'.repeat(20_000)}|b|\n|-|-|\n|x|y|\n`, 3],
  ['a heading that is longer than a page', `# ${'豆'.repeat(20_000)}`, 20],
  ['a note that is longer than a page', `a[^a]\n\n[^a]: ${'豆'.repeat(50_000)}`, 20],
  [
    'a chain of 5,000 notes',
    `a[^0]\n\n${rows(5000, at => `[^${at}]: n[^${at + 1}]`).join('\n\n')}`,
    50
  ],
  [
    'a note with a table whose head is longer than a page',
    `a[^a]\n\n[^a]: |${'豆'.repeat(9000)}|b|\n    |-|-|\n    |x|y|`,
    3
  ],
  ['a quote with a higher heading than the report has', '## a\n\n> # b\n\n- # c', 2],
  ['20,000 emphasized words', '*豆a*'.repeat(20_000), 20],
  ['10,000 links', '[a](http://a.b) '.repeat(10_000), 5],
  ['100,000 characters that no font has', 'مر'.repeat(50_000), 50],
  ['nothing', '', 2]
]

for (const [name, text, pages] of endured)
  test(`a report survives ${name}`, async () => {
    assert.ok((await drawn(text)).pages >= pages)
  })
