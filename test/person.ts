import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { PDFDocument, rgb } from 'pdf-lib'
import { mailAgain } from '../src/jobs/mail-again/job.ts'
import type { Job } from '../src/queue/job.ts'
import { perform } from '../src/queue/perform.ts'
import { buildWeb } from '../src/web/app.ts'
import { openEngine, recordJob, reload } from './engine.ts'
import { openFolder } from './line.ts'

/** A page of A4 that is red in its upper left quarter. */
export async function redPdf(): Promise<Uint8Array> {
  const document = await PDFDocument.create()
  const page = document.addPage([595, 842])
  page.drawRectangle({ x: 0, y: 421, width: 297, height: 421, color: rgb(1, 0, 0) })
  return await document.save()
}

/** The web tier with a finished job, as the person sees it who ordered it. */
export async function openPerson(t: TestContext, pdf?: Uint8Array) {
  const bytes = pdf ?? (await redPdf())
  const about = { name: 'a.pdf', type: 'application/pdf' }
  const storageUrl = `file:${openFolder(t)}`
  const engine = await openEngine(
    t,
    'sqlite::memory:',
    async (_payload, { storage, job }) => ({
      file: await storage.put(`test/${job.id}.pdf`, bytes, about)
    }),
    storageUrl
  )
  Object.assign(engine.config, { API_KEYS: 'key' })
  const web = await buildWeb(engine)
  t.after(() => web.close())
  const recorded = await recordJob(engine)
  const path = `/jobs/${recorded.token}`
  const work = { ...engine, kinds: [...engine.kinds, mailAgain] }
  const deliver = async (job: Pick<Job, 'id'>) =>
    await perform(work, { job: job.id, receiveCount: 1 })
  assert.equal(await deliver(recorded), 'finished')
  return {
    engine,
    web,
    path,
    deliver,
    job: async () => await reload(engine, recorded),
    change: async (columns: Partial<Job>) =>
      await engine.database('jobs').where({ id: recorded.id }).update(columns),
    see: async (url = path, language = 'en') =>
      await web.inject({ url, headers: { 'accept-language': language } }),
    press: async (name: string, headers: Record<string, string> = {}) =>
      await web.inject({ method: 'POST', url: `${path}/${name}`, headers })
  }
}
