import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clientOf } from './client.ts'

test('all addresses of a /64 are one client, those of IPv4 are one each', () => {
  const pairs: [string, string][] = [
    ['2001:db8:1:2::1', '2001:db8:1:2:ffff:ffff:ffff:ffff'],
    ['2001:db8::1', '2001:0db8:0:0:1::'],
    ['2001:db8::', '2001:db8:0:0:5:6:7:8'],
    ['::1', '::2'],
    ['2001:db8:1::3:4:5:6', '2001:db8:1:0:3:4:5:6']
  ]
  for (const [ip, other] of pairs) assert.equal(clientOf({ ip }), clientOf({ ip: other }), ip)
  const others = ['192.0.2.1', '192.0.2.2', '::ffff:192.0.2.1', '::ffff:192.0.2.2', '2001:db8::1']
  others.push('2001:db8:0:1::1', '2001:db8:1:2::1', '1::', '::1')
  assert.equal(new Set(others.map(ip => clientOf({ ip }))).size, others.length)
})
