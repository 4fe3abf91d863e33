import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Block, Item, List, Table } from './block.ts'
import { code, emphasized, plainText, strong, struck } from './inline.ts'
import { readMarkdown } from './read.ts'

/** The pieces of the first block. */
function piecesOf(markdown: string) {
  const [block] = readMarkdown(markdown)
  assert.ok(block && 'pieces' in block)
  return block.pieces
}

const textOf = (block: Block | undefined) =>
  block && 'pieces' in block ? plainText(block.pieces) : undefined

test('bold, emphasized, struck and code are pieces of their own', () => {
  assert.deepEqual(piecesOf('豆**と***水*~~と~~`火`'), [
    { text: '豆', look: 0 },
    { text: 'と', look: strong },
    { text: '水', look: emphasized },
    { text: 'と', look: struck },
    { text: '火', look: code }
  ])
})

test('Japanese beside signs is made bold where the author meant it', () => {
  const [first, second] = piecesOf('**「重要」**です。')
  assert.deepEqual(first, { text: '「重要」', look: strong })
  assert.deepEqual(second, { text: 'です。', look: 0 })
  assert.equal(piecesOf('**税込（10%）**の金額')[0]?.look, strong)
})

test('lines of the source are joined without a space where one is Japanese', () => {
  assert.equal(plainText(piecesOf('豆を\n挽く\nslowly\nand 豆\n**水**')), '豆を挽くslowly and 豆水')
  assert.equal(plainText(piecesOf('豆を  \n挽く\\\n水')), '豆を\n挽く\n水')
})

test('links lead to the web and to mail only; of others the text stays', () => {
  const linked = piecesOf('[a](https://example.jp/豆) [b](mailto:a@example.jp) <http://c.jp>')
  assert.deepEqual(
    linked.flatMap(({ link }) => link ?? []),
    ['https://example.jp/%E8%B1%86', 'mailto:a@example.jp', 'http://c.jp']
  )
  for (const address of [
    'javascript:alert(1)',
    'file:///etc/passwd',
    '../a.md',
    '#a',
    'ftp://a.jp'
  ])
    assert.ok(
      piecesOf(`[豆](${address}) を`).every(({ link }) => link === undefined),
      address
    )
})

test('an address is a link only where the author says so', () => {
  const [bare] = piecesOf('https://example.jp/a と www.example.jp')
  assert.deepEqual(bare, { text: 'https://example.jp/a と www.example.jp', look: 0 })
  assert.equal(piecesOf('<https://example.jp/a>')[0]?.link, 'https://example.jp/a')
})

test('HTML is text', () => {
  assert.equal(plainText(piecesOf('a <b onclick="x">豆</b>')), 'a <b onclick="x">豆</b>')
})

test('lists keep their numbers, tasks and levels', () => {
  const [list] = readMarkdown('7. 豆\n8. 水\n   - [x] 軟水\n   - [ ] 硬水\n') as [List]
  assert.equal(list.first, 7)
  assert.equal(list.isTight, true)
  const [, nested] = (list.items[1] as Item).blocks as [Block, List]
  assert.equal(nested.first, undefined)
  assert.deepEqual(
    nested.items.map(({ isDone, blocks }) => [isDone, textOf(blocks[0])]),
    [
      [true, '軟水'],
      [false, '硬水']
    ]
  )
})

test('tables have a head, rows, and sides to which columns are set', () => {
  const [table] = readMarkdown('|a|b|c|\n|-|-:|:-:|\n|1|2|\n|3|4|5|6|') as [Table]
  assert.deepEqual(table.aligns, [undefined, 'right', 'center'])
  assert.deepEqual(table.head.map(plainText), ['a', 'b', 'c'])
  assert.deepEqual(
    table.rows.map(row => row.map(plainText)),
    [
      ['1', '2', ''],
      ['3', '4', '5']
    ]
  )
})

test('a picture in a paragraph stands between its parts', () => {
  const blocks = readMarkdown('前![豆の絵](data:image/png;base64,AAAA "図1")後')
  assert.deepEqual(
    blocks.map(({ kind }) => kind),
    ['paragraph', 'figure', 'paragraph']
  )
  const figure = { source: 'data:image/png;base64,AAAA', alt: '豆の絵', caption: '図1' }
  assert.deepEqual(blocks[1], { kind: 'figure', ...figure })
})

test('notes are numbered where they are first referred to, wherever they are defined', () => {
  const pieces = piecesOf(
    '豆[^b]と水[^a]と豆[^b][^none]。\n\n[^a]: 軟水[^c]\n[^b]: 生豆\n[^c]: 硬度\n[^d]: 余り'
  )
  const notes = pieces.flatMap(({ note }) => note ?? [])
  assert.deepEqual(
    notes.map(({ number }) => number),
    [1, 2, 1]
  )
  assert.deepEqual(
    notes.map(({ blocks }) => textOf(blocks[0])),
    ['生豆', '軟水', '生豆']
  )
  assert.equal(plainText(pieces), '豆と水と豆[^none]。')
})

test('entities bring in nothing that is invisible, turns the reading around, or is not composed', () => {
  const entities = '豆&#x202e;水&rlm;&ZeroWidthSpace;&#xE0041;か&#x3099; **a&#x200b;** 火'
  assert.equal(plainText(piecesOf(entities)), '豆水が a 火')
  const [heading] = readMarkdown('# 支払&#x202e;先&amp;&#12459;&#12441;')
  assert.equal(textOf(heading), '支払先&ガ')
  const [figure] = readMarkdown('![豆&#x202e;*か&#x3099;*](a.png "図&lrm;1")')
  assert.deepEqual(figure, { kind: 'figure', source: 'a.png', alt: '豆が', caption: '図1' })
  const [table] = readMarkdown('|a&shy;b|\n|-|\n|c&#x2066;|') as [Table]
  assert.deepEqual([...table.head, ...(table.rows[0] ?? [])].map(plainText), ['ab', 'c'])
  assert.equal(plainText(piecesOf('a&#x41;&#x2028;b')), 'aA\nb')
})
