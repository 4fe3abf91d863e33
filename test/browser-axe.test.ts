import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kinds } from '../src/jobs/index.ts'
import type { Job } from '../src/queue/job.ts'
import { seriousFindings } from './axe.ts'
import { hasNoSidewaysScroll, openPage, picture } from './browser.ts'
import { needs } from './needs.ts'
import { openPerson } from './person.ts'

const skip = needs('chromium')
const day = 86_400_000

/** A row of each look that the page of a job can have. */
const looks: Record<string, Partial<Job>> = {
  finished: { state: 'finished' },
  'mail-refused': { state: 'failed' },
  revoked: { state: 'finished', revoked_at: Date.now() },
  expired: { revoked_at: null, finished_at: Date.now() - 31 * day },
  failed: { state: 'failed', finished_at: Date.now(), file_name: null, file_key: null },
  cancelled: { state: 'cancelled' },
  discarded: { state: 'discarded' },
  waiting: { state: 'waiting', finished_at: null },
  retrying: { state: 'retrying' },
  running: { state: 'running', progress: 40 }
}

test('the person’s pages have no serious finding of axe, in both languages and themes', {
  skip
}, async t => {
  const { engine, web, path, change } = await openPerson(t)
  engine.kinds.splice(0, 1, ...kinds)
  await change({ kind: 'invoice' })
  const webUrl = await web.listen({ host: '127.0.0.1', port: 0 })
  const { page } = await openPage(t)

  async function look(name: string, url: string) {
    for (const [language, colorScheme] of [
      ['ja', 'light'],
      ['en', 'dark']
    ] as const) {
      await page.emulateMedia({ colorScheme })
      await page.goto(`${webUrl}${url}${url.includes('?') ? '&' : '?'}lang=${language}`)
      assert.deepEqual(await seriousFindings(page), [], `${name}, ${language}`)
      assert.ok(await hasNoSidewaysScroll(page), `${name}, ${language}`)
      await picture(page, `${name}-${language}`)
    }
  }

  await look('home', '/')
  for (const { name } of kinds) await look(`form-${name}`, `/new/${name}`)
  for (const [name, columns] of Object.entries(looks)) {
    await change(columns)
    await look(`job-${name}`, path)
  }
  await look('no-page', '/nowhere')
  await look('no-job', `/jobs/${'0'.repeat(32)}`)
  await change({ state: 'finished', finished_at: 1, file_name: 'a.pdf', file_key: 'a.pdf' })
  await look('gone', `${path}/file`)
})
