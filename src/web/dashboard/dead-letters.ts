import type { FastifyPluginAsync } from 'fastify'
import { now } from '../../queue/clock.ts'
import { strange } from '../../queue/fingerprint.ts'
import * as jobs from '../../queue/job.ts'
import * as letters from '../../queue/letter-list.ts'
import type { Line } from '../../queue/perform.ts'
import { listRedrives } from '../../queue/redrive-order.ts'
import { lastRun } from '../../queue/run.ts'
import { showError } from '../error-page.ts'
import type { Text } from '../error-text.ts'
import { languageOf } from '../visitor.ts'
import { letterActions } from './dead-letters/actions.ts'
import { groupActions } from './dead-letters/group-actions.ts'
import { type GroupView, groupPage } from './dead-letters/group-page.ts'
import { letterPage } from './dead-letters/letter-page.ts'
import { listPage } from './dead-letters/list-page.ts'

type Done = { Querystring: { done?: unknown } }
type Group = Done & { Params: { fingerprint: string } }
type Message = { Params: { id: string } }

const shownInGroup = 20

/** What is in the dead-letter queue, and what the operator does about it. */
export function deadLetterRoutes(line: Line): FastifyPluginAsync {
  const { database } = line
  return async app => {
    await app.register(letterActions(line))
    await app.register(groupActions(line))

    app.get<Done>('/dead-letters/', async (request, reply) => {
      const [groups, redrives, last] = await Promise.all([
        letters.groupsOfDeadLetters(database),
        listRedrives(database),
        lastRun(database, 'dead-letter')
      ])
      const hasQueue = line.config.DEAD_LETTER_QUEUE_URL !== ''
      const view = { groups, redrives, hasQueue, lookedAt: last?.began_at, time: now(database) }
      reply.type('text/html; charset=utf-8')
      const around = { actor: request.actor, done: String(request.query.done ?? '') }
      return listPage(view, around, languageOf(request))
    })

    app.get<Group>('/dead-letters/groups/:fingerprint', async (request, reply) => {
      const view = await viewGroup(line, request.params.fingerprint)
      if (!view) return reply.callNotFound()
      reply.type('text/html; charset=utf-8')
      const around = { actor: request.actor, done: String(request.query.done ?? '') }
      return groupPage(view, around, languageOf(request))
    })

    app.get<Message>('/dead-letters/messages/:id', async (request, reply) => {
      const letter = await letters.findDeadLetter(database, request.params.id)
      if (!letter) return showError(request, reply, 404, letterGone)
      const job = letter.job_id ? await jobs.find(database, letter.job_id) : undefined
      reply.type('text/html; charset=utf-8')
      return letterPage(letter, job, request.actor, languageOf(request))
    })
  }
}

const letterGone: Text = {
  title: { ja: 'メッセージが見つかりません', en: 'Message not found' },
  advice: {
    ja: '再実行または破棄されたか、キューからなくなっています。残りは管理画面の「デッドレター」で確かめられます。',
    en: 'It was sent back or discarded, or has left the queue. What is left is on the dashboard, under Dead letters.'
  }
}

/** Also of a group that is empty now, as long as it looks like one. */
async function viewGroup({ database }: Line, fingerprint: string): Promise<GroupView | undefined> {
  if (!/^[0-9a-f]{16}$/.test(fingerprint)) return undefined
  const [some, count, redrives] = await Promise.all([
    letters.listDeadLetters(database, { fingerprint }, shownInGroup),
    letters.countDeadLetters(database, fingerprint),
    listRedrives(database, fingerprint)
  ])
  const { kind = '', sentence = '' } = some[0] ?? redrives[0] ?? {}
  const group = { fingerprint, kind, sentence, count }
  const isStrange = fingerprint === strange.fingerprint
  return { group: { ...group, isStrange }, letters: some, redrives, time: now(database) }
}
