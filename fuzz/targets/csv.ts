import { complaintAbout } from '../../src/jobs/mail-merge/file.ts'
import { openReader } from '../../src/jobs/mail-merge/row.ts'
import { skippedFile } from '../../src/jobs/mail-merge/skipped.ts'
import { readTable } from '../../src/jobs/mail-merge/table.ts'
import { csvOf, manyRows, mergeOrder } from '../../test/orders.ts'
import { mutate } from '../mutate.ts'
import type { Target } from '../target.ts'

const text = csvOf(manyRows(4))
const examples = [
  Buffer.from(text),
  Buffer.from(`\ufeff${text.replaceAll(',', '\t')}`, 'utf16le'),
  Buffer.from('a;b;c\r1;"2\n3";4\r'),
  Buffer.from('宛名,摘要,単価\n"x ""y""",z,"1,200"\n')
]
const words = [',', ';', '\t', '"', '""', '\r', '\n', '\r\n', '10%', '=1', '△1', '2026/4/1', '1e5']
const order = mergeOrder()

/** The table, each of its rows as an invoice, and the list of those that are none. */
export const target: Target = {
  name: 'csv',
  generate: random => mutate(random, examples, words),

  async run(input) {
    if (complaintAbout(input)) return
    const table = await readTable(input)
    if ('sentence' in table) return
    const { header, rows } = table
    if (new Set(header).size < header.length) throw new Error('Two columns have one name.')
    const columns = { recipientName: '宛名', description: '摘要', unitPrice: '単価' }
    const readers = [order, { ...order, columns }].map(order => openReader(order, header))
    const problems = rows
      .slice(0, 20)
      .flatMap(row => readers.map(read => read(row)))
      .flatMap(reading => ('problems' in reading ? reading.problems : []))
    skippedFile(problems, 'ja')
  }
}
