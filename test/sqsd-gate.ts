import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { TestContext } from 'node:test'

type Call = { action: string; input: Record<string, unknown> }
/** An error of SQS by its name, or the connection is cut, or there is never an answer. */
type Refusal = { status: number; name: string; message?: string } | 'cut' | 'silence'
/** Changes what SQS has answered. */
type Change = (answer: Answer) => void
type Answer = { Messages?: { Attributes: Record<string, string> }[] } & Record<string, unknown>

/** Stands before SQS and notes every call, since the stand-in itself refuses nothing that Amazon would. */
export async function openGate(t: TestContext, endpoint: string) {
  const calls: Call[] = []
  const refusals: { action: string; refusal: Refusal }[] = []
  const changes = new Map<string, Change>()
  const open: string[] = []
  let most = 0
  const server = createServer(async (request, response) => {
    const action = String(request.headers['x-amz-target']).split('.').at(-1) ?? ''
    const body = await readBody(request)
    calls.push({ action, input: JSON.parse(body) })
    const next = refusals.findIndex(one => one.action === action)
    const [refused] = next < 0 ? [] : refusals.splice(next, 1)
    if (refused) return refuse(response, refused.refusal)
    open.push(action)
    most = Math.max(most, open.filter(one => one === 'ReceiveMessage').length)
    await pass(request, body, endpoint, response, changes.get(action)).catch(() =>
      response.destroy()
    )
    open.splice(open.indexOf(action), 1)
  })
  return {
    endpoint: await listen(t, server),
    calls: (action: string) => calls.filter(call => call.action === action),
    /** The most receives that were open at one time. */
    mostReceives: () => most,
    /** Changes each answer to an action from now on. */
    change: (action: string, change: Change) => void changes.set(action, change),
    /** Refuses the next calls of an action. */
    refuse(action: string, refusal: Refusal, times = 1) {
      for (let n = 0; n < times; n += 1) refusals.push({ action, refusal })
    }
  }
}

function refuse(response: ServerResponse, refusal: Refusal) {
  if (refusal === 'silence') return
  if (refusal === 'cut') return response.destroy()
  const { status, name, message = name } = refusal
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' })
  response.end(JSON.stringify({ __type: `com.amazonaws.sqs#${name}`, message }))
}

async function pass(
  request: IncomingMessage,
  body: string,
  endpoint: string,
  response: ServerResponse,
  change: Change = () => {}
) {
  const names = ['x-amz-target', 'content-type', 'authorization', 'x-amz-date'] as const
  const headers = Object.fromEntries(names.map(name => [name, String(request.headers[name])]))
  const answer = await fetch(`${endpoint}${request.url}`, { method: 'POST', headers, body })
  response.writeHead(answer.status, {
    'content-type': answer.headers.get('content-type') ?? 'application/x-amz-json-1.0'
  })
  const said = JSON.parse((await answer.text()) || '{}')
  change(said)
  response.end(JSON.stringify(said))
}

export async function readBody(request: IncomingMessage) {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

/** Listens on a free port until the end of the test; gives the URL. */
export async function listen(t: TestContext, server: Server): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as { port: number }).port}`
}
