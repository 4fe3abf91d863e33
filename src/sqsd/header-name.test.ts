import assert from 'node:assert/strict'
import { test } from 'node:test'
import { text } from '../../test/sqsd.ts'
import { toRequest } from './request.ts'
import { defaults } from './settings.ts'

test('case 6: a name that no header can have is left out, and said to be', () => {
  const lines: string[] = []
  const names = ['a\r\nX: y', 'a b', '豆', 'a.b']
  const MessageAttributes = Object.fromEntries(names.map(name => [name, text('1')]))
  const settings = { ...defaults, queueUrl: 'http://sqs/1/q' }
  const { headers } = toRequest({ MessageAttributes }, settings, (...line) =>
    lines.push(line.join())
  )
  const sent = Object.keys(headers).filter(name => name.startsWith('X-Aws-Sqsd-Attr-'))
  assert.deepEqual(sent, ['X-Aws-Sqsd-Attr-A.b'])
  assert.equal(lines.filter(line => line.includes('no name of a header')).length, 3)
})
