import type { FastifyPluginAsync } from 'fastify'
import { countDeadLetters, listDeadLetters } from '../../../queue/letter-list.ts'
import type { Line } from '../../../queue/perform.ts'
import type { Acted } from '../../../queue/redrive.ts'
import { endRedrive, mostPerMinute, startRedrive } from '../../../queue/redrive-order.ts'
import { audit } from '../../audit.ts'
import { readId } from '../jobs-query.ts'
import { acts, isAct } from './act.ts'
import { groupPath, listPath } from './path.ts'

type Group = { Params: { fingerprint: string } }
type Start = Group & { Body: { perMinute?: unknown } | undefined }
type Act = { Params: Group['Params'] & { action: string } }
type Stop = { Params: { id: string } }

/** What the operator does with the dead letters of one error. */
export function groupActions(line: Line): FastifyPluginAsync {
  const { database } = line
  return async app => {
    app.post<Start>('/dead-letters/groups/:fingerprint/start', async (request, reply) => {
      const perMinute = readId(request.body?.perMinute)
      if (!perMinute || perMinute > mostPerMinute) return reply.callNotFound()
      const group = await groupOf(line, request.params.fingerprint)
      if (!group) return reply.redirect(listPath('nothing'), 303)
      const { fingerprint, kind, sentence } = group
      const about = { action: 'redrive-all', details: { fingerprint, kind, sentence, perMinute } }
      const wish = { perMinute, name: request.actor?.name ?? '' }
      const start = async () => (await startRedrive(database, group, wish)) !== undefined
      const isStarted = await audit(line, request, about, start)
      return reply.redirect(groupPath(fingerprint, isStarted ? 'started' : 'busy'), 303)
    })

    app.post<Act>('/dead-letters/groups/:fingerprint/:action', async (request, reply) => {
      const { fingerprint, action } = request.params
      if (!isAct(action)) return reply.callNotFound()
      const { act, most, said, audited } = acts[action]
      const some = await listDeadLetters(database, { fingerprint }, most)
      const [first] = some
      if (!first) return reply.redirect(listPath('nothing'), 303)
      const { kind, sentence } = first
      const about = { action: `${audited}-some`, details: { fingerprint, kind, sentence } }
      const work = async (details: object): Promise<Acted> =>
        Object.assign(details, await act(line, some))
      const { done, moved } = await audit(line, request, about, work)
      return reply.redirect(groupPath(fingerprint, `${said}-${done}-${moved}`), 303)
    })

    app.post<Stop>('/dead-letters/redrives/:id/stop', async (request, reply) => {
      const redrive = readId(request.params.id)
      if (!redrive) return reply.callNotFound()
      const about = { action: 'redrive-stop', details: { redrive } }
      const stop = () => endRedrive(database, redrive, 'stopped')
      const isStopped = await audit(line, request, about, stop)
      return reply.redirect(listPath(isStopped ? 'stopped' : 'nothing'), 303)
    })
  }
}

/** A group that has letters of jobs. */
async function groupOf({ database }: Line, fingerprint: string) {
  const [first] = await listDeadLetters(database, { fingerprint }, 1)
  if (!first?.job) return undefined
  const count = await countDeadLetters(database, fingerprint)
  return { fingerprint, kind: first.kind, sentence: first.sentence, count }
}
