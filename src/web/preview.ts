import type { FastifyPluginAsync, FastifyReply } from 'fastify'
import { isOpen } from '../link.ts'
import { openPainter, type Painter } from '../pdf/painter.ts'
import { filesOf, previewKeyOf } from '../queue/file.ts'
import * as jobs from '../queue/job.ts'
import { GiveUp } from '../queue/outcome.ts'
import type { Line } from '../queue/perform.ts'
import type { StoredFile } from '../storage.ts'
import { admission } from './overload.ts'

type Route = { Params: { token: string } }

/** A longer PDF is not read for the sake of its first page. */
const mostBytes = 20_000_000

/** What is shown where no picture can be made. */
const sheet = '/assets/sheet.svg'

/** `/jobs/:token/preview.png`: the first page of the document, for whoever may fetch the document itself. */
export function previewRoutes(line: Line): FastifyPluginAsync {
  return async app => {
    const painter = openPainter()
    app.addHook('onClose', () => painter.close())
    app.addHook('preHandler', admission(line.database))
    const pictures = onceAtATime(pictureBy(line, painter))

    app.get<Route>('/jobs/:token/preview.png', async (request, reply) => {
      const job = await jobs.findByToken(line.database, request.params.token)
      const file = job && isOpen(line.config, job) && previewed(job)
      if (!file) return reply.callNotFound()
      try {
        return picture(reply, await pictures(file))
      } catch (error) {
        request.log.warn({ err: error, job: job.id }, 'no picture of a first page')
        return reply.header('cache-control', 'no-store').redirect(sheet, 302)
      }
    })
  }
}

/** The file whose first page is shown: only of a job that is finished, whose files never change. */
export function previewed(job: jobs.Job): StoredFile | undefined {
  if (job.state !== 'finished') return undefined
  return filesOf(job).find(({ name, bytes }) => name.endsWith('.pdf') && bytes <= mostBytes)
}

/** Asked for again each time, so that it is gone from the page once the link is closed. */
function picture(reply: FastifyReply, bytes: Uint8Array) {
  return reply.type('image/png').header('cache-control', 'private, no-cache').send(bytes)
}

function pictureBy({ storage, log }: Line, painter: Painter) {
  return async ({ key }: StoredFile): Promise<Uint8Array> => {
    const previewKey = previewKeyOf(key)
    const kept = await storage.read(previewKey).catch(noneIfGone)
    if (kept) return kept
    const bytes = await painter.draw(await storage.read(key))
    const about = { name: 'preview.png', type: 'image/png' }
    await storage
      .put(previewKey, bytes, about)
      .catch(error => log.warn({ err: error, key: previewKey }, 'picture of a page not kept'))
    return bytes
  }
}

function noneIfGone(error: unknown) {
  if (error instanceof GiveUp) return undefined
  throw error
}

/** Who asks for a picture that is being made waits for the same one. */
function onceAtATime(make: (file: StoredFile) => Promise<Uint8Array>) {
  const underWay = new Map<string, Promise<Uint8Array>>()
  return (file: StoredFile) => {
    const made = underWay.get(file.key) ?? make(file).finally(() => underWay.delete(file.key))
    underWay.set(file.key, made)
    return made
  }
}
