import type { FastifyPluginAsync } from 'fastify'
import { glance } from '../../../queue/dead-letter.ts'
import * as letters from '../../../queue/letter-list.ts'
import type { Line } from '../../../queue/perform.ts'
import { discardSome, redriveSome } from '../../../queue/redrive.ts'
import { endRedrive, mostPerMinute, startRedrive } from '../../../queue/redrive-order.ts'
import { audit } from '../audit.ts'
import { readId } from '../jobs-query.ts'
import { few } from './group-page.ts'
import { groupPath, listPath } from './path.ts'

type Group = { Params: { fingerprint: string; action: string }; Body?: Record<string, unknown> }
type One = { Params: { id: string; action: string }; Querystring: { from?: unknown } }

/** Discarded in one request; the page that follows has the button for the rest. */
const portion = 200

const acts = {
  redrive: { act: redriveSome, most: few, said: 'sent', audited: 'redrive' },
  discard: { act: discardSome, most: portion, said: 'discarded', audited: 'letter-discard' }
}

/** What the operator does with dead letters. */
export function deadLetterActions(line: Line): FastifyPluginAsync {
  const { database } = line
  return async app => {
    app.post('/dead-letters/look', async (request, reply) => {
      const { seen, failed, dropped } = await audit(
        line,
        request,
        { action: 'look' },
        async details =>
          Object.assign(details, await glance(line)) as Awaited<ReturnType<typeof glance>>
      )
      return reply.redirect(listPath(`looked-${seen}-${failed}-${dropped}`), 303)
    })

    app.post<One>('/dead-letters/messages/:id/:action', async (request, reply) => {
      const { id, action } = request.params
      const letter = await letters.findDeadLetter(database, id)
      if (!isAct(action)) return reply.callNotFound()
      if (!letter) return reply.redirect(listPath('nothing'), 303)
      if (action === 'redrive' && !letter.job) return reply.callNotFound()
      const { act, said, audited } = acts[action]
      const about = {
        ...{ action: audited, details: { message: id } },
        ...(letter.job_id && { job: letter.job_id })
      }
      const isDone = await audit(
        line,
        request,
        about,
        async () => (await act(line, [letter])).done > 0
      )
      return reply.redirect(groupPath(letter.fingerprint, isDone ? `${said}-1-0` : 'nothing'), 303)
    })

    app.post<Group>('/dead-letters/groups/:fingerprint/start', async (request, reply) => {
      const group = await groupOf(line, request.params.fingerprint)
      const perMinute = readId(request.body?.['perMinute'])
      if (!group || !perMinute || perMinute > mostPerMinute) return reply.callNotFound()
      const { fingerprint, kind, sentence } = group
      const about = { action: 'redrive-all', details: { fingerprint, kind, sentence, perMinute } }
      const name = request.actor?.name ?? ''
      const isStarted = await audit(line, request, about, async () =>
        Boolean(await startRedrive(database, group, { perMinute, name }))
      )
      return reply.redirect(groupPath(fingerprint, isStarted ? 'started' : 'busy'), 303)
    })

    app.post<Group>('/dead-letters/groups/:fingerprint/:action', async (request, reply) => {
      const { fingerprint, action } = request.params
      if (!isAct(action)) return reply.callNotFound()
      const { act, most, said, audited } = acts[action]
      const some = await letters.listDeadLetters(database, { fingerprint }, most)
      const [first] = some
      if (!first) return reply.redirect(listPath('nothing'), 303)
      const { kind, sentence } = first
      const about = { action: `${audited}-some`, details: { fingerprint, kind, sentence } }
      const { done, moved } = await audit(
        line,
        request,
        about,
        async details =>
          Object.assign(details, await act(line, some)) as Awaited<ReturnType<typeof act>>
      )
      return reply.redirect(groupPath(fingerprint, `${said}-${done}-${moved}`), 303)
    })

    app.post<{ Params: { id: string } }>(
      '/dead-letters/redrives/:id/stop',
      async (request, reply) => {
        const redrive = readId(request.params.id)
        if (!redrive) return reply.callNotFound()
        const about = { action: 'redrive-stop', details: { redrive } }
        const isStopped = await audit(line, request, about, () =>
          endRedrive(database, redrive, 'stopped')
        )
        return reply.redirect(listPath(isStopped ? 'stopped' : 'nothing'), 303)
      }
    )
  }
}

const isAct = (action: string): action is keyof typeof acts => Object.hasOwn(acts, action)

/** A group that has letters of jobs. */
async function groupOf({ database }: Line, fingerprint: string) {
  const [first] = await letters.listDeadLetters(database, { fingerprint }, 1)
  if (!first?.job) return undefined
  const count = await letters.countDeadLetters(database, fingerprint)
  return { fingerprint, kind: first.kind, sentence: first.sentence, count }
}
