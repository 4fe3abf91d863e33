import fastify from 'fastify'
import { isShared } from '../database.ts'
import { hangUpIdle, hangUpUnfinished } from '../hang-up.ts'
import * as count from '../metrics/count.ts'
import { countRequests } from '../metrics/requests.ts'
import { metricsRoutes } from '../metrics/routes.ts'
import { examineDeadLetters } from '../queue/dead-letter.ts'
import { digest } from '../queue/digest.ts'
import { hearMailEvents } from '../queue/hear-mail-events.ts'
import { noteMissed } from '../queue/missed.ts'
import type { Outcome } from '../queue/outcome.ts'
import { type Line, perform } from '../queue/perform.ts'
import { prune } from '../queue/prune.ts'
import { advanceRedrives } from '../queue/redrive-advance.ts'
import { openRenewer } from '../queue/renewer.ts'
import { openRoom } from '../queue/room.ts'
import { sweep } from '../queue/sweep.ts'
import { runTick, type TickOutcome } from '../queue/tick.ts'
import { traceRequests } from '../trace/requests.ts'
import { isFromSqsd, readDelivery, readScheduledAt } from './sqsd-request.ts'
import { describeDelivery } from './trace.ts'

/** The largest message that SQS takes, in bytes. */
const largestMessage = 1_048_576

/**
 * What sqsd is told about each outcome. It deletes the message on exactly 200 and on nothing else;
 * every other status makes it come again and, after the last receive, go to the dead-letter queue.
 */
const answers: Record<Outcome, number> = {
  finished: 200,
  begun: 200,
  full: 200,
  duplicate: 200,
  'gave up': 200,
  overdue: 200,
  'retry later': 200,
  busy: 409,
  retry: 500,
  'handed back': 500,
  failed: 500,
  unknown: 404
}

/** The same for a tick of cron.yaml. */
const tickAnswers: Record<TickOutcome, number> = {
  done: 200,
  duplicate: 200,
  skipped: 200,
  busy: 409
}

/** The tasks of cron.yaml, by the last part of their URL. */
export const tasks = {
  sweep: sweepAll,
  'dead-letter': (line: Line) => examineDeadLetters(line),
  'mail-events': hearMailEvents,
  prune,
  digest
}

/** What the queue has lost, what it never brought, and what nobody was told of. */
async function sweepAll(line: Line) {
  const swept = { ...(await sweep(line)), missed: await noteMissed(line) }
  const announced = (await line.announcer?.catchUp()) ?? 0
  const done = { ...swept, announced, redriven: await advanceRedrives(line) }
  await line.emf.tellLine(line)
  return done
}

/**
 * The worker tier: what sqsd sees. Nobody else gets further than the door. `stopping` tells the attempts
 * that are under way to end at once; they are handed back, and run again elsewhere.
 */
export function buildWorker(line: Line, stopping?: AbortSignal) {
  const app = fastify({ loggerInstance: line.log, bodyLimit: largestMessage })
  const room = openRoom(line.config.LONG_JOBS)
  const renewer = isShared(line.config) ? openRenewer(line.config, line.log) : undefined
  const place = { room, ...(stopping && { stopping }), ...(renewer && { renewer }) }
  hangUpIdle(app)
  countRequests(app, 'worker')
  if (stopping) hangUpUnfinished(app, stopping)
  app.addHook('onClose', async () => {
    // Fastify waits for requests, but theirs may be gone: a deploy cuts sqsd off before it stops the worker.
    await line.underway.ended()
    await renewer?.close()
  })

  // sqsd sends whatever MimeType says, and its cron POSTs are JSON with an empty body.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))

  app.get('/healthz', { logLevel: 'warn' }, async () => ({ status: 'ok', tier: 'worker' }))

  app.register(metricsRoutes(line))

  app.register(async door => {
    door.addHook('onRequest', async (request, reply) => {
      if (!isFromSqsd(request))
        return await reply
          .code(403)
          .send({ error: 'Only sqsd on this machine may call the worker.' })
    })

    traceRequests(door, describeDelivery)

    door.post('/', { logLevel: 'warn' }, async (request, reply) => {
      const delivery = readDelivery(request)
      if (!delivery)
        return reply.code(400).send({ error: 'The message carries no job: {"job": 1}.' })
      const outcome = await line.underway.add(perform(line, delivery, place))
      count.delivery(outcome)
      return reply.code(answers[outcome]).send({ job: delivery.job, outcome })
    })

    door.post<{ Params: { task: keyof typeof tasks } }>('/cron/:task', async (request, reply) => {
      const { task } = request.params
      if (!Object.hasOwn(tasks, task))
        return reply.code(404).send({ error: `There is no task "${task}"; see cron.yaml.` })
      const tick = { task, scheduledAt: readScheduledAt(request) }
      const outcome = await line.underway.add(runTick(line, tick, () => tasks[task](line)))
      return reply.code(tickAnswers[outcome]).send({ task, outcome })
    })
  })

  return app
}
