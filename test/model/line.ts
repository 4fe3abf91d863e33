import Type from 'typebox'
import type { Database } from '../../src/database.ts'
import { html } from '../../src/html.ts'
import { defineJob, type Kind, type Tools } from '../../src/queue/kind.ts'
import { GiveUp, RetryLater } from '../../src/queue/outcome.ts'
import type { Line } from '../../src/queue/perform.ts'
import type { Boundary, Fate, Program } from './boundary.ts'
import type { Servers } from './servers.ts'

/** The kinds of the model: how a doubtful mail is treated, and whether the work is long. */
export const kindNames = ['repeat', 'hold', 'long'] as const
export type KindName = (typeof kindNames)[number]

type Real = { program: Program; boundary: Boundary; servers: Servers }

/** The line as one process has it: the real services, and before each of their calls the boundary. */
export function openLine(real: Real): Line {
  const { services } = real.servers
  return {
    ...services,
    database: stopStatements(real, services.database),
    queue: stopCalls(real, services.queue, 'SQS', queueFate(real.servers), ['reject']),
    mail: stopCalls(real, services.mail, 'SES', mailFate(real.servers), ['throttle', 'reject']),
    storage: stopCalls(real, services.storage, 'storage', plain),
    kinds: kindNames.map(name => kindOf(name, real))
  }
}

type Apply = <Value>(act: () => Promise<Value>, fate: Fate) => Promise<Value>

/** A server that can't be reached, or whose answer gets lost; everything else passes. */
const plain: Apply = async (act, fate) => {
  if (fate === 'refuse') throw new Error('The server can not be reached.')
  const answer = await act()
  if (fate === 'lose the answer of') throw new Error('The connection was cut.')
  return answer
}

const queueFate = ({ sqs }: Servers): Apply => {
  return async (act, fate) => {
    sqs.order.refuseEntry = fate === 'reject'
    return await plain(act, fate)
  }
}

const mailFaults: Partial<Record<Fate, string>> = {
  refuse: '503',
  'lose the answer of': 'timeout-after-accept',
  throttle: 'Throttling',
  reject: 'MessageRejected'
}

const mailFate = (servers: Servers): Apply => {
  return async (act, fate) => {
    const fault = mailFaults[fate]
    if (fault) await servers.failNextMail(fault)
    return await act()
  }
}

/** A view of the database whose statements stop, each by itself; the connection is everybody's. */
function stopStatements({ program, boundary }: Real, database: Database): Database {
  const view = database.withUserParams({}) as Database
  const { client } = view
  const { runner } = client
  client.runner = (builder: Builder) => {
    const own = runner.call(client, builder)
    const run = own.run.bind(own)
    own.run = () => boundary.call(program, nameOf(builder.toSQL()), fate => plain(run, fate))
    return own
  }
  return view
}

type Builder = { toSQL(): { sql: string; bindings: unknown[] } }

/** `SQL update jobs → finished`, `SQL select effects`. */
function nameOf({ sql, bindings }: ReturnType<Builder['toSQL']>) {
  const [, verb = '', table = ''] = /^(\w+).*?\b(jobs|effects)\b/s.exec(sql) ?? []
  const [, assignments = ''] = /^update .*? set (.*?) where/.exec(sql) ?? []
  const columns = [...assignments.matchAll(/`(\w+)` = \?/g)].map(([, column]) => column)
  const state = bindings[columns.indexOf('state')]
  const what = state === undefined ? columns.join(', ') : `→ ${state}`
  return ['SQL', verb.toLowerCase(), table, what].filter(Boolean).join(' ')
}

/** Whether a call is one to the database. */
export const isStatement = (name: string) => name.startsWith('SQL ')

/** Whether a call only renews the lease of an attempt. */
export const isBeat = (name: string) => name.startsWith('SQL update jobs lease_until')

function stopCalls<Service extends object>(
  { program, boundary }: Real,
  service: Service,
  server: string,
  apply: Apply,
  more?: Fate[]
): Service {
  return new Proxy(service, {
    get(target, property) {
      const method = Reflect.get(target, property) as (...given: unknown[]) => Promise<unknown>
      const name = `${server} ${String(property)}`
      return (...given: unknown[]) =>
        boundary.call(program, name, fate => apply(() => method.apply(target, given), fate), more)
    }
  })
}

/** The file and the mail, and between them places where the work may fail in each way it can. */
function kindOf(name: KindName, { program, boundary }: Real): Kind {
  const work = (place: string) =>
    boundary.call(program, `work ${place}`, workFate, ['throttle', 'reject'])
  return defineJob({
    name,
    title: { ja: '試験', en: 'Test' },
    summary: { ja: '', en: '' },
    schema: Type.Object({ isPolite: Type.Boolean() }),
    form: { fields: () => html``, read: values => values },
    onDoubt: name === 'hold' ? 'hold' : 'repeat',
    ...(name === 'long' && { attemptSeconds: 660 }),
    async perform({ isPolite }, { storage, mail, job }) {
      const bytes = contentOf(job.id)
      const file = await storage.put(keyOf(job.id), bytes, { name: 'a.pdf', type: 'text/plain' })
      await work('before the mail')
      if (isPolite) job.signal.throwIfAborted()
      await mail.send(mailTo(job))
      job.progress(90)
      await work('after the mail')
      if (isPolite) job.signal.throwIfAborted()
      return { file }
    }
  })
}

async function workFate(fate: Fate) {
  if (fate === 'refuse') throw new Error('The disk is full.')
  if (fate === 'reject') throw new GiveUp('There is no such customer.')
  if (fate === 'throttle') throw new RetryLater(60, 'The partner is busy.')
  if (fate === 'lose the answer of') throw new RetryLater(3600, 'The quota is used up.')
}

/** What the file of a job holds, so that no job can pass with that of another. */
export const contentOf = (id: number) => Buffer.from(`file of job ${id}`)
export const keyOf = (id: number) => `files/${id}.pdf`
export const addressOf = (id: number) => `job-${id}@example.jp`

function mailTo({ id }: Tools['job']) {
  return { to: addressOf(id), subject: 'できました', text: 'text', html: '<p>html</p>' }
}
