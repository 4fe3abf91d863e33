import assert from 'node:assert/strict'
import { test } from 'node:test'
import { complaintAbout } from './file.ts'
import { mostRows, readTable, type Table } from './table.ts'

const read = async (bytes: Uint8Array | string) => {
  const table = await readTable(Buffer.from(bytes as string))
  assert.ok('rows' in table, JSON.stringify(table))
  return table as Table
}

const complaint = async (bytes: Uint8Array | string) => {
  const table = await readTable(Buffer.from(bytes as string))
  return 'sentence' in table ? table.sentence.en : undefined
}

test('a file is read whatever its encoding', async () => {
  const text = '宛名,金額\r\n髙﨑①,100\r\n'
  const wide = Buffer.from(`\ufeff${text.replaceAll(',', '\t')}`, 'utf16le')
  const files: Record<string, Uint8Array> = {
    'UTF-8': Buffer.from(text),
    'UTF-8 with a mark': Buffer.from(`\ufeff${text}`),
    CP932: Buffer.concat([
      Buffer.from([0x88, 0xb6, 0x96, 0xbc, 0x2c, 0x8b, 0xe0, 0x8a, 0x7a, 0x0d, 0x0a]),
      Buffer.from([0xfb, 0xfc, 0xed, 0x95, 0x87, 0x40, 0x2c, 0x31, 0x30, 0x30, 0x0d, 0x0a])
    ]),
    'UTF-16': wide,
    'UTF-16, the other way round': Buffer.from(wide).swap16()
  }
  for (const [name, bytes] of Object.entries(files)) {
    assert.equal(complaintAbout(bytes), undefined, name)
    const expected = { header: ['宛名', '金額'], rows: [{ number: 2, cells: ['髙﨑①', '100'] }] }
    assert.deepEqual(await read(bytes), expected, name)
  }
})

test('line breaks, commas and quotation marks may be in a cell', async () => {
  const { rows } = await read('a,b\n"1行目\n2行目","x,""y"""\n5" pipe,z\n')
  assert.deepEqual(rows, [
    { number: 2, cells: ['1行目\n2行目', 'x,"y"'] },
    { number: 3, cells: ['5" pipe', 'z'] }
  ])
})

test('rows keep their number in the spreadsheet though some are empty', async () => {
  const { rows } = await read('a,b\r\n1,2\r\n\r\n,\r\n3,4')
  assert.deepEqual(
    rows.map(({ number }) => number),
    [2, 5]
  )
})

test('old line ends, tabs and semicolons are understood', async () => {
  for (const text of ['a,b\r1,2\r', 'a\tb\n1\t2', 'a;b\n1;2\n']) {
    const { header, rows } = await read(text)
    assert.deepEqual(
      [header, rows[0]?.cells],
      [
        ['a', 'b'],
        ['1', '2']
      ],
      JSON.stringify(text)
    )
  }
})

test('files that were put together may have several line ends', async () => {
  const { rows } = await read('a,b\r\n1,2\n3,4\r\n5,6\r7,8')
  assert.deepEqual(
    rows.map(({ cells }) => cells.join()),
    ['1,2', '3,4', '5,6', '7,8']
  )
})

test('others get their turn while a large file is read, and no file takes long', {
  timeout: 30_000
}, async () => {
  for (const text of [
    `a,b\n${`${'豆'.repeat(500)},1\n`.repeat(5000)}`,
    ','.repeat(1e7),
    '\n'.repeat(1e7)
  ]) {
    let turns = 0
    const turn = () => {
      turns += 1
      next = setImmediate(turn)
    }
    let next = setImmediate(turn)
    const table = await readTable(Buffer.from(text))
    clearImmediate(next)
    if ('rows' in table) assert.ok(turns > 100, String(turns))
    else assert.match(table.sentence.en, /too many cells/)
  }
})

test('columns have names that are unique', async () => {
  const { header } = await read('金額, 金額 ,,金額\n1,2,3,4')
  assert.deepEqual(header, ['金額', '金額 (2)', '#3', '金額 (3)'])
  const tricky = await read('a (2),a,a,#5,\n1,2,3,4,5')
  assert.deepEqual(tricky.header, ['a (2)', 'a', 'a (3)', '#5', '#5 (2)'])
  const later = await read(',a,a,a (2),#1\n1,2,3,4,5')
  assert.deepEqual(later.header, ['#1 (2)', 'a', 'a (3)', 'a (2)', '#1'])
})

test('the line in which Excel is told the separator is no row, and says how to read the others', async () => {
  const expected = {
    header: ['宛名', '金額,円'],
    rows: [{ number: 2, cells: ['髙﨑', '1'] }]
  }
  for (const [line, separator] of [
    ['sep=;', ';'],
    ['\ufeffSEP=|', '|'],
    ['"sep=;"', ';'],
    ['sep=\t', '\t']
  ] as const) {
    const rows = [`宛名${separator}金額,円`, `髙﨑${separator}1`]
    for (const end of ['\r\n', '\n', '\r'])
      assert.deepEqual(await read([line, ...rows, ''].join(end)), expected, line)
  }
  const { header } = await read('sep=,\na;b,c\n1,2')
  assert.deepEqual(header, ['a;b', 'c'])
  assert.deepEqual((await read('sep=x,b\n1,2')).header, ['sep=x', 'b'])
  assert.match((await complaint(`sep=|\n${'|'.repeat(1e7)}`)) ?? '', /too many cells/)
})

test('a file of nothing but columns is refused before they are given names', {
  timeout: 30_000
}, async () => {
  assert.match((await complaint(`${'a,'.repeat(49_000)}\n1`)) ?? '', /too many columns/)
})

test('a file of nothing but blank lines is not read to its end', { timeout: 60_000 }, async () => {
  const linesOf = (line: string, count: number) => `a,b\n1,2\n${line.repeat(count)}`
  for (const line of ['\n', '\r\n', ',,\n']) {
    assert.match((await complaint(linesOf(line, 100_000))) ?? '', /At most 20,000/)
    assert.match((await complaint(linesOf(line, 3_000_000))) ?? '', /too many cells/)
  }
  const { rows } = await read(`a,b\n1,2\n${'\n'.repeat(30_000)}3,4`)
  assert.equal(rows.at(-1)?.number, 30_003)
})

test('a character on the border between two pieces is not torn', async () => {
  const name = '𠮷'.repeat(20_000)
  const { rows } = await read(`a,b\nx${name},1\n`)
  assert.equal(rows[0]?.cells[0], `x${name}`)
})

test('what is no table is refused with what to do', async () => {
  assert.match(complaintAbout(Buffer.from('PK\u0003\u0004'))?.en ?? '', /an Excel workbook/)
  assert.match(
    complaintAbout(Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]))?.en ?? '',
    /can’t be read/
  )
  assert.match(complaintAbout(Buffer.from('a\0b'))?.en ?? '', /can’t be read/)
  assert.match(complaintAbout(Buffer.from(' \r\n'))?.en ?? '', /names of its columns/)
  assert.match((await complaint('a,b\n')) ?? '', /names of its columns/)
  assert.match((await complaint('a,b\n1,"2\n3,4\n')) ?? '', /quotation mark.*is closed/)
  assert.match((await complaint(`a\n${'1\n'.repeat(mostRows + 1)}`)) ?? '', /At most 20,000 rows/)
  assert.match((await complaint(`${'a,'.repeat(101)}\n1`)) ?? '', /too many columns/)
})
