import type { Database } from '../../src/database.ts'
import type { Line } from '../../src/queue/perform.ts'
import { type Queue, shareCalls } from '../../src/queue/sqs.ts'
import type { Boundary, Fate, Program } from './boundary.ts'
import { kinds } from './kind.ts'
import type { Servers } from './servers.ts'

type Real = { program: Program; boundary: Boundary; servers: Servers }

/** The line as one process has it: the real services, and before each of their calls the boundary. */
export function openLine(real: Real): Line {
  const { services } = real.servers
  return {
    ...services,
    database: stopStatements(real, services.database),
    queue: openQueue(real),
    mail: stopCalls(real, services.mail, 'SES', mailFate(real.servers), ['throttle', 'reject']),
    storage: stopCalls(real, services.storage, 'storage', plain),
    kinds: kinds(real)
  }
}

/** Those of the same moment share a call, which stops as one. */
function openQueue(real: Real): Queue {
  const { services } = real.servers
  const queue = stopCalls(real, services.queue, 'SQS', queueFate(real.servers), ['reject'])
  const { deadLetters } = services.queue
  // Each process shares its own: the `send` that is everybody's would let one wait for another.
  const send = shareCalls(
    async message => (await queue.sendBatch([message]))[0],
    messages => queue.sendBatch(messages)
  )
  return {
    ...queue,
    send,
    deadLetters: stopCalls(real, deadLetters, 'SQS dead letters', plain)
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

/** MySQL gives a statement up in favour of another (1213), or can't write for want of room (1114). */
const statementFaults: Partial<Record<Fate, object>> = {
  refuse: { code: 'ECONNREFUSED' },
  'lose the answer of': { code: 'PROTOCOL_CONNECTION_LOST' },
  throttle: { errno: 1213 },
  reject: { errno: 1114 }
}

const statementFate: Apply = async (act, fate) => {
  const answer = isCarriedOut(fate) ? await act() : undefined
  const fault = statementFaults[fate]
  if (fault) throw Object.assign(new Error(`The database: ${fate}.`), fault)
  return answer as Awaited<ReturnType<typeof act>>
}

const isCarriedOut = (fate: Fate) => fate === 'pass' || fate === 'lose the answer of'

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
    own.run = () =>
      boundary.call(program, nameOf(builder.toSQL()), fate => statementFate(run, fate), [
        'throttle',
        'reject'
      ])
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
