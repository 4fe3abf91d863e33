import type { FastifyPluginAsync } from 'fastify'
import { openHistory, type Span, spans } from '../../queue/history.ts'
import type { Line } from '../../queue/perform.ts'
import { remember } from '../../remember.ts'
import { languageOf } from '../visitor.ts'
import { overviewPage } from './overview/page.ts'
import { readSight } from './overview/sight.ts'

/** However many look, the line is asked once in this time; the script asks every 5 s. */
const freshSeconds = 3
const freshHistorySeconds = 10

/** How the line stands and went, and what is wrong with it. */
export function overviewRoutes(line: Line): FastifyPluginAsync {
  const sight = remember(freshSeconds, () => readSight(line))
  const read = openHistory(line.database)
  const histories = {
    '1h': remember(freshHistorySeconds, () => read('1h')),
    '24h': remember(freshHistorySeconds, () => read('24h')),
    '7d': remember(freshHistorySeconds, () => read('7d'))
  }
  return async app => {
    app.get<{ Querystring: { span?: unknown } }>('/', async (request, reply) => {
      const span = readSpan(request.query.span)
      const [now, intervals] = await Promise.all([sight(), histories[span]()])
      reply.type('text/html; charset=utf-8')
      return overviewPage(now, { span, intervals }, request.actor, languageOf(request))
    })
  }
}

function readSpan(text: unknown): Span {
  return typeof text === 'string' && Object.hasOwn(spans, text) ? (text as Span) : '1h'
}
