import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openPerson } from '../../test/person.ts'
import { mostBytes, weightOf } from '../../test/weight.ts'
import { kinds } from '../jobs/index.ts'

test('no page of the person’s weighs more than 50 KB before its pictures', async t => {
  const { engine, path, web } = await openPerson(t)
  engine.kinds.push(...kinds)
  const urls = ['/', path, '/nowhere', ...kinds.map(({ name }) => `/new/${name}`)]
  for (const url of urls) {
    const { status, bytes } = await weightOf(web, url)
    assert.equal(status, url === '/nowhere' ? 404 : 200, url)
    assert.ok(bytes < mostBytes, `${url} weighs ${bytes} bytes`)
  }
})
