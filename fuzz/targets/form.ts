import { hostile } from '../hostile.ts'
import { mutate, mutateText } from '../mutate.ts'
import type { Random } from '../random.ts'
import type { Target } from '../target.ts'
import { openWeb } from '../web.ts'

/** No address, so that nothing is ever ordered, while all else is read and checked. */
const order = {
  number: '2026-001',
  issuedOn: '2026-11-23',
  transactionOn: '2026-11-20',
  'issuer.name': '株式会社まめや珈琲',
  'issuer.address': '東京都渋谷区',
  'issuer.registrationNumber': 'T9234567890123',
  'recipient.name': '髙﨑商店',
  'recipient.honorific': '御中',
  'lines.0.description': '生豆',
  'lines.0.quantity': '２',
  'lines.0.unitPrice': '１，２００',
  'lines.0.taxRate': '8',
  'columns.number': '番号',
  'file.key': `uploads/${'0'.repeat(32)}`,
  'file.name': 'a.csv',
  'file.bytes': '12',
  title: '報告書',
  text: '# 見出し',
  email: '',
  language: 'ja',
  submission: '7b9e'
}
const names = [
  ...Object.keys(order),
  'action',
  'checked',
  'logo.key',
  'logo.drop',
  'lines.999.description',
  'lines.1000.description',
  'lines.99999999999.quantity',
  'lines.-1.quantity',
  'lines.0.__proto__',
  'lines.__proto__.x',
  'issuer.__proto__',
  'issuer.constructor',
  'recipient.__proto__.x',
  'table.header',
  'table.samples',
  'table.key'
]
const values = [
  'add-line',
  'remove-line-0',
  'remove-line-999999999',
  'lang-en',
  'next',
  '[',
  '[["a"]]'
]
const kinds = ['invoice', 'report', 'mail-merge']
const boundary = 'bean'

const ask = await openWeb()

/** Bodies of the three forms in both encodings, with the wrong one at times. */
export const target: Target = {
  name: 'form',

  generate(random) {
    const fields = fieldsOf(random)
    const isMultipart = random.oneIn(3)
    const body = isMultipart ? multipart(random, fields) : new URLSearchParams(fields).toString()
    const changed = random.oneIn(3)
      ? mutate(random, [Buffer.from(body)], ['&', '=', '%', '+', '--bean'])
      : Buffer.from(body)
    const line = `${random.pick(kinds)} ${isMultipart ? 'multipart' : 'urlencoded'}\n`
    return Buffer.concat([Buffer.from(line), changed])
  },

  async run(input) {
    const end = input.indexOf(10)
    const [kind = '', encoding] = input.toString('latin1', 0, Math.max(0, end)).split(' ')
    const type =
      encoding === 'multipart'
        ? `multipart/form-data; boundary=${boundary}`
        : 'application/x-www-form-urlencoded'
    const { status, body } = await ask(`/new/${kind}`, input.subarray(end + 1), {
      'content-type': type
    })
    if (status >= 500) throw new Error(`The form of ${kind} was answered with ${status}: ${body}`)
    if (/<script>alert/.test(body)) throw new Error('The page has a script of a stranger in it.')
  }
}

function fieldsOf(random: Random): [string, string][] {
  const fields = Object.entries(order)
  for (let left = 1 + random.below(8); left > 0; left -= 1) {
    const at = random.below(fields.length)
    const name = random.oneIn(8) ? random.pick(hostile) : random.pick(names)
    const value = random.pick(random.oneIn(2) ? hostile : values)
    const kind = random.below(4)
    if (kind === 0) fields.splice(at, 1)
    else if (kind === 1)
      fields[at] = [fields[at]?.[0] ?? name, mutateText(random, fields[at]?.[1] || value)]
    else fields.push([name, value])
  }
  return fields
}

function multipart(random: Random, fields: [string, string][]) {
  const parts = fields.map(([name, value]) => `name="${name}"\r\n\r\n${value}`)
  const file = random.pick(['logo', 'seal', 'file', 'picture1', '__proto__', 'number'])
  parts.push(`name="${file}"; filename="${random.pick(hostile)}"\r\n\r\n${random.pick(hostile)}`)
  const head = `--${boundary}\r\nContent-Disposition: form-data; `
  return `${parts.map(part => `${head}${part}\r\n`).join('')}--${boundary}--\r\n`
}
