import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openPerson } from '../../test/person.ts'
import { kinds } from '../jobs/index.ts'

/** Bytes of a page with all that it needs before its pictures, not compressed. */
const most = 50_000

test('no page of the person’s weighs more than 50 KB before its pictures', async t => {
  const { engine, path, see } = await openPerson(t)
  engine.kinds.push(...kinds)
  const urls = ['/', path, '/nowhere', ...kinds.map(({ name }) => `/new/${name}`)]
  for (const url of urls) {
    const page = await see(url)
    assert.ok([200, 404].includes(page.statusCode), url)
    const needed = await Promise.all([...neededBy(page.body)].map(each => see(each)))
    assert.ok(needed.length >= 4 && needed.every(({ statusCode }) => statusCode === 200), url)
    const bytes = [page, ...needed].reduce((sum, { rawPayload }) => sum + rawPayload.length, 0)
    assert.ok(bytes < most, `${url} weighs ${bytes} bytes`)
  }
})

/** Style sheets and scripts, with the modules that the form's script imports. */
function neededBy(page: string) {
  const links = page.matchAll(/(?:href|src)="(\/assets\/[\w-]+\.(?:css|js))"/g)
  const named = new Set([...links].map(([, url]) => String(url)))
  if (named.has('/assets/form.js')) named.add('/assets/draft.js').add('/assets/file.js')
  return named
}
