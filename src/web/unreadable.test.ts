import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { type TestContext, test } from 'node:test'
import { openLine } from '../../test/line.ts'
import { buildWeb } from './app.ts'
import { browserRules } from './browser-rules.ts'

/** The web tier, and a client that sends raw text and gives what was answered before the end. */
async function open(t: TestContext) {
  const { line } = await openLine(t)
  const app = await buildWeb(line)
  t.after(() => app.close())
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as { port: number }
  async function send(text: string) {
    const socket = connect(port, '127.0.0.1')
    t.after(() => socket.destroy())
    const parts: Buffer[] = []
    socket.on('data', part => parts.push(part))
    socket.write(text)
    await once(socket, 'close')
    const [head = '', body = ''] = Buffer.concat(parts).toString().split('\r\n\r\n')
    const [start, ...lines] = head.split('\r\n')
    const headers = new Headers(
      lines.map(line => line.split(/: (.*)/s).slice(0, 2) as [string, string])
    )
    return { start, headers, body }
  }
  return { app, send }
}

const unreadable: [string, string, RegExp][] = [
  [
    '400 Bad Request',
    'GET / HTTP/1.1\r\nHost: x\r\n<script>: \r\n\r\n',
    /読み取れない.*can’t be read/s
  ],
  [
    '431 Request Header Fields Too Large',
    `GET / HTTP/1.1\r\nCookie: ${'x'.repeat(16_400)}\r\n`,
    /Cookie.*cookies/s
  ],
  ['408 Request Timeout', 'GET / HTTP/1.1\r\nHost: x\r\n', /時間がかかりすぎ.*too long to arrive/s]
]

for (const [status, text, words] of unreadable)
  test(`who sends what is answered with ${status} reads a page in both languages`, async t => {
    const { app, send } = await open(t)
    app.server.headersTimeout = 1000
    const { start, headers, body } = await send(text)
    assert.equal(start, `HTTP/1.1 ${status}`)
    assert.equal(headers.get('content-type'), 'text/html; charset=utf-8')
    assert.equal(Number(headers.get('content-length')), Buffer.byteLength(body))
    for (const [name, value] of Object.entries(browserRules))
      assert.equal(headers.get(name), value, name)
    assert.match(body, words)
    assert.match(body, /<\/html>$/)
    assert.doesNotMatch(body, /<script/)
  })
