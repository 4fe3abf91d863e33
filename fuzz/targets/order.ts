import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { mergeOrder } from '../../test/orders.ts'
import { hostile } from '../hostile.ts'
import { mutate } from '../mutate.ts'
import type { Random } from '../random.ts'
import type { Target } from '../target.ts'
import { openWeb } from '../web.ts'

const invoice = readFileSync(join(import.meta.dirname, '../../examples/invoice.json'), 'utf8')
const file = { name: 'a.csv', text: '宛名,摘要,単価\n豆,豆,1' }
const examples: [string, object][] = [
  ['invoice', { ...JSON.parse(invoice), email: '' }],
  ['mail-merge', { ...mergeOrder(), file, email: '' }],
  ['report', { title: '豆', text: '# 豆', email: '' }]
]
const values = [null, true, 0, -1, 1e21, 0.1, [], {}, [[]], { name: 1, base64: '%' }, ...hostile]

const ask = await openWeb()

/** Orders of programs: values of another type, fields too many, JSON that is none. */
export const target: Target = {
  name: 'order',

  generate(random) {
    const [kind, order] = random.pick(examples)
    const changed = structuredClone(order)
    for (let left = 1 + random.below(4); left > 0; left -= 1) change(random, changed)
    const text = Buffer.from(JSON.stringify(changed))
    const body = random.oneIn(4)
      ? mutate(random, [text], ['{', '}', '[', ']', '"', ':', ','])
      : text
    return Buffer.concat([Buffer.from(`${kind}\n`), body])
  },

  async run(input) {
    const end = input.indexOf(10)
    const kind = input.toString('latin1', 0, Math.max(0, end))
    const headers = { 'content-type': 'application/json', authorization: 'Bearer local' }
    const { status, body } = await ask(`/api/jobs/${kind}`, input.subarray(end + 1), headers)
    if (status >= 500) throw new Error(`An order was answered with ${status}: ${body}`)
    if (!('error' in JSON.parse(body))) throw new Error(`An order without an address: ${body}`)
  }
}

/** Something in it, however deep, becomes something else. */
function change(random: Random, place: object) {
  const entries = Object.entries(place)
  const [name = '', inner] = random.pick(entries.length > 0 ? entries : [['', null]])
  const value = structuredClone(random.pick(values))
  const key = random.oneIn(4) ? random.pick(hostile) : name
  if (typeof inner === 'object' && inner !== null && !random.oneIn(3)) change(random, inner)
  else if (Array.isArray(place) && random.oneIn(2)) place.push(value)
  else
    Object.defineProperty(place, key, {
      value,
      enumerable: true,
      configurable: true,
      writable: true
    })
}
