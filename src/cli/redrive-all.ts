import { audited } from '../queue/audit.ts'
import { countDeadLetters, listDeadLetters } from '../queue/letter-list.ts'
import { endRedrive, findRunning, mostPerMinute, startRedrive } from '../queue/redrive-order.ts'
import { WrongUsage } from './command.ts'
import { confirm } from './confirm.ts'
import { print, printJson } from './print.ts'
import { type By, firstOf } from './redrive-few.ts'

type Values = { rate?: string; yes?: boolean; json?: boolean }

/** Begins to send back a whole group; the sweep of the line carries it on. */
export async function redriveAll({ line, person }: By, group: string, values: Values) {
  const { database } = line
  const perMinute = readRate(values.rate ?? '60/min')
  const { kind, sentence } = firstOf(
    await listDeadLetters(database, { fingerprint: group }, 1),
    group
  )
  const count = await countDeadLetters(database, group)
  const what = `Send back ${count} dead letters of kind ${kind}, ${perMinute} a minute`
  await confirm(`${what}: ${sentence}?`, values.yes ?? false)
  const details = { fingerprint: group, kind, sentence, perMinute }
  const order = { fingerprint: group, kind, sentence, count }
  const isStarted = await audited(line, person, { action: 'redrive-all', details }, async () =>
    Boolean(await startRedrive(database, order, { perMinute, name: person.name }))
  )
  if (!isStarted)
    throw new Error(`The group ${group} is being sent back already; --stop stops that.`)
  if (values.json) return printJson({ group, count, perMinute })
  return print(
    `Begun: ${count}, ${perMinute} a minute. "beanline dead-letters" shows how far it is.`
  )
}

export async function stopRedrive({ line, person }: By, group: string, { json }: Values) {
  const all = await findRunning(line.database)
  const running = all.find(({ fingerprint }) => fingerprint === group)
  if (!running) throw new Error(`Nothing of the group ${group} is being sent back.`)
  const about = { action: 'redrive-stop', details: { redrive: running.id } }
  const isStopped = await audited(line, person, about, () =>
    endRedrive(line.database, running.id, 'stopped')
  )
  if (json) return printJson({ group, stopped: isStopped })
  return print(isStopped ? 'Stopped; what is sent back stays so.' : 'It had ended by itself.')
}

function readRate(typed: string): number {
  const count = Number(/^([1-9]\d{0,3})(?:\/min)?$/.exec(typed)?.[1])
  if (count <= mostPerMinute) return count
  throw new WrongUsage(
    `--rate is "${typed}": give a number a minute up to ${mostPerMinute}, as in 60/min.`
  )
}
