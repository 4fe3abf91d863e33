import type { FastifyPluginAsync } from 'fastify'
import { type Examined, glance } from '../../../queue/dead-letter.ts'
import { findDeadLetter } from '../../../queue/letter-list.ts'
import type { Line } from '../../../queue/perform.ts'
import { audit } from '../../audit.ts'
import { acts, isAct } from './act.ts'
import { groupPath, listPath } from './path.ts'

type Act = { Params: { id: string; action: string } }

/** What the operator does with the queue, and with one of its messages. */
export function letterActions(line: Line): FastifyPluginAsync {
  return async app => {
    app.post('/dead-letters/look', async (request, reply) => {
      const look = async (details: object): Promise<Examined> =>
        Object.assign(details, await glance(line))
      const { seen, failed, dropped } = await audit(line, request, { action: 'look' }, look)
      return reply.redirect(listPath(`looked-${seen}-${failed}-${dropped}`), 303)
    })

    app.post<Act>('/dead-letters/messages/:id/:action', async (request, reply) => {
      const { id, action } = request.params
      if (!isAct(action)) return reply.callNotFound()
      const letter = await findDeadLetter(line.database, id)
      if (!letter) return reply.redirect(listPath('nothing'), 303)
      const { act, said, audited } = acts[action]
      const job = letter.job_id === null ? {} : { job: letter.job_id }
      const about = { action: audited, details: { message: id }, ...job }
      const work = async () => (await act(line, [letter])).done > 0
      const isDone = await audit(line, request, about, work)
      return reply.redirect(groupPath(letter.fingerprint, isDone ? `${said}-1-0` : 'nothing'), 303)
    })
  }
}
