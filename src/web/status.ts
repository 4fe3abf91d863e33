import { open } from 'node:fs/promises'
import { extname } from 'node:path'
import * as contentDisposition from 'content-disposition'
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { isOpen } from '../link.ts'
import { filesOf } from '../queue/file.ts'
import * as jobs from '../queue/job.ts'
import type { Line } from '../queue/perform.ts'
import { showError } from './error-page.ts'
import { missingFile, revokedLink } from './error-text.ts'
import { mailsAgain } from './mail-again.ts'
import { type MailNews, mailTroubleOf } from './mail-trouble.ts'
import { admission } from './overload.ts'
import { statusPage, statusPanel } from './status-page.ts'
import { languageOf } from './visitor.ts'
import { openWatch } from './watch.ts'

type Route = { Params: { token: string } }
type FileRoute = { Params: { token: string; index?: string } }

/** `/jobs/:token`: the person's page of a job, its live events, its file. The token is the only key. */
export function statusRoutes(line: Line): FastifyPluginAsync {
  return async app => {
    const watch = openWatch(line.database)
    app.addHook('preClose', async () => watch.close())
    app.addHook('preHandler', admission(line.database))

    app.get<Route>('/jobs/:token', async (request, reply) => {
      const job = await jobs.findByToken(line.database, request.params.token)
      if (!job) return reply.callNotFound()
      reply.type('text/html; charset=utf-8').header('cache-control', 'no-store')
      return statusPage(line, job, languageOf(request), await newsOf(line, job))
    })

    app.get<Route>(
      '/jobs/:token/events',
      { config: { staysOpen: true } },
      async (request, reply) => {
        const job = await jobs.findByToken(line.database, request.params.token)
        if (!job) return reply.callNotFound()
        const events = openEvents(request, reply)
        const language = languageOf(request)
        const tell = (now: jobs.Job) => {
          events.send(statusPanel(line, now, language).text)
          if (now.finished_at) events.end()
        }
        const stop = watch.follow(job, tell, events.end)
        // Whoever left while the job was looked up has closed already.
        if (reply.raw.destroyed) stop()
        else reply.raw.once('close', stop)
      }
    )

    app.get<FileRoute>('/jobs/:token/file/:index?', async (request, reply) => {
      const { token, index = '0' } = request.params
      const job = await jobs.findByToken(line.database, token)
      const stored = job && filesOf(job)[Number(index)]
      if (!stored) return reply.callNotFound()
      if (job.revoked_at) return showError(request, reply, 410, revokedLink)
      if (!isOpen(line.config, job)) return showError(request, reply, 410)
      const url = await line.storage.link(stored)
      if (url.protocol !== 'file:') return reply.redirect(url.href, 302)
      const file = await openIfThere(url)
      if (!file) return showError(request, reply, 404, missingFile)
      reply.header('content-disposition', contentDisposition.create(stored.name))
      reply.header('content-length', stored.bytes).header('cache-control', 'private')
      return reply.type(typeOf(stored.name)).send(file.createReadStream())
    })
  }
}

async function newsOf(line: Line, job: jobs.Job): Promise<MailNews> {
  if (job.state !== 'finished') return { again: [] }
  const again = await mailsAgain(line, job)
  return { again, trouble: await mailTroubleOf(line, [job, ...again]) }
}

/** By the names that our work gives to files. */
function typeOf(name: string) {
  const types = { '.pdf': 'application/pdf', '.zip': 'application/zip' }
  return types[extname(name) as keyof typeof types] ?? 'application/octet-stream'
}

async function openIfThere(url: URL) {
  try {
    return await open(url)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Server-sent events (HTML Living Standard §9.2): one event, one or more `data:` lines, a blank line. */
function openEvents({ raw: { socket } }: FastifyRequest, reply: FastifyReply) {
  reply.hijack()
  socket.setNoDelay(true)
  reply.raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    // nginx would hold the events back.
    'x-accel-buffering': 'no'
  })
  return {
    send: (text: string) => reply.raw.write(`data: ${text.replaceAll('\n', '\ndata: ')}\n\n`),
    end: () => reply.raw.end()
  }
}
