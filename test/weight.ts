import assert from 'node:assert/strict'
import { gunzipSync } from 'node:zlib'
import type { FastifyInstance } from 'fastify'

/** Of a page with all that it needs before its pictures. */
export const mostBytes = 50_000

/** The bytes of a page with its style sheet and scripts, packed as a browser gets them. */
export async function weightOf(app: Pick<FastifyInstance, 'inject'>, url: string, cookie = '') {
  const headers = { accept: 'text/html', 'accept-encoding': 'gzip, br', cookie }
  const see = (path: string) => app.inject({ url: path, headers })
  const page = await see(url)
  const isPacked = page.headers['content-encoding'] === 'gzip'
  const needed = neededBy(String(isPacked ? gunzipSync(page.rawPayload) : page.body))
  const parts = await Promise.all([...needed].map(see))
  assert.ok(parts.length >= 1 && parts.every(({ statusCode }) => statusCode === 200), url)
  const bytes = [page, ...parts].reduce((sum, { rawPayload }) => sum + rawPayload.length, 0)
  return { status: page.statusCode, bytes }
}

/** Style sheets and scripts, with the modules that the form's script imports. */
function neededBy(page: string) {
  const links = page.matchAll(/(?:href|src)="(\/assets\/[\w-]+\.(?:css|js)(?:\?v=\w+)?)"/g)
  const named = new Set([...links].map(([, url]) => String(url)))
  if (named.has('/assets/form.js')) named.add('/assets/draft.js').add('/assets/file.js')
  return named
}
