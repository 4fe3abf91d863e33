import assert from 'node:assert/strict'
import { test } from 'node:test'
import fastify from 'fastify'
import { showError } from './error-page.ts'

const statuses = [400, 403, 404, 408, 410, 413, 415, 418, 429, 431, 500, 503]

/** Answers `/STATUS/...` with that error. */
async function open() {
  const app = fastify()
  app.setNotFoundHandler((request, reply) =>
    showError(request, reply, Number(request.headers['x-status']))
  )
  return async (status: number, url: string, language: string, method: 'GET' | 'POST' = 'GET') => {
    const headers = { 'accept-language': language, 'x-status': String(status) }
    return (await app.inject({ method, url, headers })).body
  }
}

test('every error says what it is and what to do, in the language, and leads on', async () => {
  const ask = await open()
  for (const status of statuses)
    for (const language of ['ja', 'en']) {
      const page = await ask(status, '/anywhere', language)
      const [, title = '', advice = ''] = /<h1>(.+?)<\/h1>\s*<p>(.+?)<\/p>/s.exec(page) ?? []
      assert.ok(title && advice, `${status}`)
      assert.equal(/[ぁ-ん]/.test(title + advice), language === 'ja', `${status} ${title}`)
      assert.match(page, new RegExp(`<html lang="${language}">`))
      assert.match(page, /href="\/">/, `${status} leads home`)
      assert.doesNotMatch(page, />undefined</)
    }
})

test('the way on is the one that helps', async () => {
  const ask = await open()
  assert.match(
    await ask(503, '/new/invoice?lang=en', 'en'),
    /href="\/new\/invoice\?lang=en">Try again/
  )
  assert.match(await ask(413, '/new/invoice', 'en', 'POST'), /href="\/new\/invoice">To the form/)
  assert.match(
    await ask(403, '/jobs/ab/revoke', 'en', 'POST'),
    /href="\/jobs\/ab">To the page of this/
  )
  assert.match(
    await ask(403, '/dashboard/jobs/1/retry', 'en', 'POST'),
    /href="\/dashboard\/">To the dashboard/
  )
  assert.doesNotMatch(await ask(403, '/dashboard/', 'en'), /To the dashboard/)
  assert.match(await ask(404, '/dashboard/jobs/1', 'en'), /href="\/dashboard\/">To the dashboard/)
  assert.doesNotMatch(await ask(404, '/dashboard/', 'en'), /To the dashboard/)
  assert.match(await ask(404, '/jobs/ab', 'en'), /There is no such order/)
  assert.doesNotMatch(await ask(404, '/jobs/ab', 'en'), /href="\/jobs\/ab"/)
  assert.doesNotMatch(await ask(500, '//evil.example/', 'en'), /href="\/\/evil/)
  assert.doesNotMatch(await ask(503, '/new/a', 'en', 'POST'), /Try again/)
})
