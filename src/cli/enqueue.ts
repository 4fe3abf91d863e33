import { createHash, randomBytes } from 'node:crypto'
import { kinds } from '../jobs/index.ts'
import { nearest } from '../near.ts'
import { audited } from '../queue/audit.ts'
import { enqueue as record } from '../queue/enqueue.ts'
import type { Kind, Problem } from '../queue/kind.ts'
import { type Order, readOrder } from '../queue/order.ts'
import type { Line } from '../queue/perform.ts'
import { storeInline } from '../store-upload.ts'
import { as, defineCommand, json, local, WrongUsage } from './command.ts'
import { withLine } from './line.ts'
import { readFiles, readJson } from './order-file.ts'
import { personOf } from './person.ts'
import { print, printJson, tell } from './print.ts'
import { table } from './table.ts'
import { waitFor } from './wait.ts'

export const enqueue = defineCommand({
  usage: 'KIND FILE.json|- [options]',
  about: `Orders a job, checked as the API checks it (/api/docs has every field): it is recorded, then sent. With an
idempotency key, the same order twice is one job. The kinds: ${kinds.map(({ name }) => name).join(', ')}.`,
  options: {
    email: { type: 'string', value: 'ADDRESS', help: 'where the mail goes, if not in the file' },
    language: { type: 'string', value: 'ja', help: 'ja or en, if not in the file; else ja' },
    file: {
      type: 'string',
      value: '[FIELD=]PATH',
      multiple: true,
      help: 'a file that the kind takes, as in csv=orders.csv'
    },
    'idempotency-key': { type: 'string', value: 'KEY', help: 'the same key is the same order' },
    wait: { type: 'boolean', help: 'waits until the job is over; 1 unless it has finished' },
    ...as,
    ...json,
    ...local
  },
  examples: [
    [
      'beanline enqueue invoice examples/invoice.json --local --wait',
      'an invoice on the line of "npm start"'
    ],
    [
      'jq .payload backup.json | beanline enqueue invoice - --email hanako@example.jp --idempotency-key 2026-0042',
      'from another program; safe to repeat'
    ],
    [
      'beanline enqueue mail-merge merge.json --file examples/orders.csv',
      'with the file of its rows'
    ]
  ],
  async run({ words: [name, file, ...more], values }) {
    const kind = kindOf(name)
    if (!file || more.length > 0)
      throw new WrongUsage(
        `Say which order: beanline enqueue ${kind.name} order.json, or - for stdin.`
      )
    const person = personOf(values)
    const { email, language = 'ja', file: paths = [], 'idempotency-key': key } = values
    const payload = await readJson(file)
    const files = await readFiles(kind, paths)
    return await withLine(values, async line => {
      const secret = key === undefined ? randomBytes(16).toString('hex') : spaced(key)
      const body = { language, ...payload, ...files, ...(email !== undefined && { email }) }
      const input = await storeInline(line.storage, kind, body, secret)
      const reading = await readOrder(kind, input, line.storage)
      if ('problems' in reading) return complain(reading.problems, values)
      const { job, status } = await audited(line, person, aboutOf(kind), async details => {
        const enqueued = await place(line, reading.order, key)
        details['job'] = enqueued.job.id
        return enqueued
      })
      const url = new URL(`/jobs/${job.token}`, line.config.PUBLIC_URL).href
      const known = { id: job.id, token: job.token, url, status }
      if (!values.json) print(`Job ${job.id} is ${saying[status]}: ${url}`)
      if (values.wait) return await waitFor(line.database, known, values)
      return values.json ? printJson({ ...known, state: job.state }) : 0
    })
  }
})

const saying = { new: 'recorded', same: 'there already, by this key', conflict: '' }

const aboutOf = ({ name }: Kind) => ({ action: 'enqueue', details: { kind: name } })

function kindOf(name = ''): Kind {
  const kind = kinds.find(one => one.name === name)
  if (kind) return kind
  const names = kinds.map(one => one.name)
  const meant = nearest(name, names)
  const hint = meant ? `did you mean ${meant}?` : `say one of ${names.join(', ')}.`
  throw new WrongUsage(
    name === ''
      ? `Say what kind of job: ${names.join(', ')}.`
      : `There is no kind "${name}": ${hint}`
  )
}

/** Not the space of any program with a key for the API. */
const spaced = (key: string) => createHash('sha256').update(`shell ${key}`).digest('hex')

async function place(line: Line, order: Order, key: string | undefined) {
  const enqueued = await record(line, order, key === undefined ? undefined : spaced(key))
  if (enqueued.status === 'conflict')
    throw new Error('This key was used for another order: use a new one for a new order.')
  return enqueued
}

function complain(problems: Problem[], { json: isAsked }: { json?: boolean }): number {
  if (isAsked)
    printJson({ problems: problems.map(({ path, sentence }) => ({ path, ...sentence })) })
  const rows = problems.map(({ path, sentence }) => [path, sentence.en])
  if (!isAsked)
    tell(`The order has errors; nothing was recorded.\n${table(['FIELD', 'WHAT TO DO'], rows)}`)
  return 1
}
