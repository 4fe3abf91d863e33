import './end-with-parent.ts'
import fastify from 'fastify'

/**
 * A worker that does nothing. A body of `{"waitMilliseconds": 5000}` is answered after so long when it
 * comes for the first time; all else is answered at once. One of `{"sentAt": …}` is told of when it is
 * answered, or when it comes if it has to wait.
 */
const seen = new Set<string>()
const app = fastify()
app.removeAllContentTypeParsers()
app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))

app.post<{ Body: string }>('/', (request, reply) => {
  const { job, waitMilliseconds = 0, sentAt } = JSON.parse(request.body)
  const tell = () => process.send?.({ job, milliseconds: Date.now() - sentAt, waitMilliseconds })
  if (sentAt && waitMilliseconds) tell()
  else if (sentAt) reply.raw.once('finish', tell)
  if (!waitMilliseconds || seen.has(request.body)) return reply.send()
  seen.add(request.body)
  setTimeout(() => reply.send(), waitMilliseconds)
})

await app.listen({ host: '127.0.0.1', port: 0 })
const { port } = app.server.address() as { port: number }
process.send?.({ httpUrl: `http://127.0.0.1:${port}` })
