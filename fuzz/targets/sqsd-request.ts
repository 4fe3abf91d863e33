import { createServer, type IncomingMessage } from 'node:http'
import type { Message, MessageAttributeValue } from '@aws-sdk/client-sqs'
import { toRequest } from '../../src/sqsd/request.ts'
import { defaults, type Settings } from '../../src/sqsd/settings.ts'
import { openWorker } from '../../src/sqsd/worker.ts'
import { hostile } from '../hostile.ts'
import { mutateText } from '../mutate.ts'
import type { Random } from '../random.ts'
import type { Target } from '../target.ts'

/** What the worker got for the message that is under way. */
const got: IncomingMessage[] = []
const server = createServer({ maxHeaderSize: 2 ** 22 }, (request, response) => {
  got.push(request)
  request.resume()
  request.on('end', () => response.end())
})
await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
const { port } = server.address() as { port: number }

const settings: Settings = {
  ...defaults,
  queueUrl: 'https://sqs.ap-northeast-1.amazonaws.com/1/jobs',
  httpUrl: `http://127.0.0.1:${port}`,
  httpConnections: 1
}
const worker = openWorker(settings)

const names = [
  'beanstalk.sqsd.scheduled_time',
  'beanstalk.sqsd.path',
  'beanstalk.sqsd.task_name',
  'trace_id',
  'a.b',
  'Content-Length',
  'X-Forwarded-For',
  'transfer-encoding'
]
const texts = [
  '/cron/sweep',
  '2026-11-23 10:20:00 UTC',
  'sweep',
  'chunked',
  '5',
  '/a\r\nX: y',
  '豆'
]
const types = ['String', 'Number', 'Binary', 'String.x', 'Number.int', '']

/** Messages whatever the queue may be: Amazon's own allows less. */
export const target: Target = {
  name: 'sqsd-request',

  generate(random) {
    const text = () => mutateText(random, random.pick(random.oneIn(3) ? hostile : texts), texts)
    const attributes: Record<string, MessageAttributeValue> = {}
    for (let left = random.below(6); left > 0; left -= 1) {
      const name = random.oneIn(4) ? text() : random.pick(names)
      Object.defineProperty(attributes, name, { value: attributeOf(random, text), ...open })
    }
    const system = {
      ApproximateReceiveCount: random.oneIn(4) ? text() : '1',
      SentTimestamp: random.oneIn(4) ? text() : '1732357230123',
      ApproximateFirstReceiveTimestamp: random.oneIn(4) ? text() : '1732357230123',
      SenderId: random.oneIn(4) ? text() : 'AIDA'
    }
    return Buffer.from(
      JSON.stringify({
        MessageId: random.oneIn(4) ? text() : 'd3b0',
        Body: random.oneIn(2) ? text() : '{"job":1}',
        MessageAttributes: attributes,
        ...(random.oneIn(10) ? {} : { Attributes: system })
      })
    )
  },

  async run(input) {
    const message = JSON.parse(input.toString()) as Message
    const nginxHeaders = input.length % 2 === 0
    const request = toRequest(message, { ...settings, nginxHeaders }, () => {})
    got.length = 0
    const answer = await worker.post(request)
    if (answer !== 'closed' && answer !== 'cut' && 'failure' in answer) return refused(request.path)
    const [one, ...more] = got
    if (!one || more.length > 0) throw new Error(`One message became ${got.length} requests.`)
    if (one.url !== request.path) throw new Error(`${request.path} became ${one.url}.`)
    if (!one.headers['user-agent']?.startsWith('aws-sqsd/')) throw new Error('Not from the daemon.')
    const length = Buffer.byteLength(request.body)
    if (Number(one.headers['content-length'] ?? 0) !== length) throw new Error('Another length.')
    for (const [name, value] of Object.entries(request.headers))
      if (
        Buffer.from(one.headers[name.toLowerCase()] as string, 'latin1')
          .toString('latin1')
          .trim() !== value.trim()
      )
        throw new Error(`${name} became ${one.headers[name.toLowerCase()]}.`)
  }
}

const open = { enumerable: true, configurable: true, writable: true }

function attributeOf(random: Random, text: () => string): MessageAttributeValue {
  const DataType = random.pick(types)
  return random.oneIn(10) ? { DataType } : { DataType, StringValue: text() }
}

/** Only a path that is none may keep a message from being sent. */
function refused(path: string) {
  if (/^\/[\x21-\x7e]*$/.test(path)) throw new Error(`A message for ${path} was not sent.`)
}
