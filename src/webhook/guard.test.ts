import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openReceiver } from '../../test/receiver.ts'
import { openGuard } from './guard.ts'
import { post } from './post.ts'

/** Networks that no receiver on the internet is in, with an address of each. */
const refused: Record<string, string> = {
  'this host': '0.0.0.0',
  loopback: '127.0.0.1',
  'the end of loopback': '127.255.255.254',
  'private, 10/8': '10.1.2.3',
  'private, 172.16/12': '172.31.255.1',
  'private, 192.168/16': '192.168.1.1',
  'metadata of EC2': '169.254.169.254',
  'credentials of ECS': '169.254.170.2',
  'carrier-grade NAT': '100.64.0.1',
  'protocol assignments': '192.0.0.8',
  'documentation 1': '192.0.2.1',
  'documentation 2': '198.51.100.7',
  'documentation 3': '203.0.113.9',
  '6to4 relays': '192.88.99.1',
  benchmarking: '198.19.0.1',
  multicast: '224.0.0.1',
  reserved: '240.0.0.1',
  broadcast: '255.255.255.255',
  'IPv6, unspecified': '::',
  'IPv6, loopback': '::1',
  'IPv6, IPv4-compatible': '::7f00:1',
  'IPv6, IPv4-mapped': '::ffff:10.0.0.1',
  'IPv6, IPv4-mapped in hexadecimal': '::ffff:a9fe:a9fe',
  'IPv6, IPv4-translated': '::ffff:0:7f00:1',
  'IPv6, NAT64': '64:ff9b::7f00:1',
  'IPv6, local NAT64': '64:ff9b:1::1',
  'IPv6, discard': '100::1',
  'IPv6, Teredo': '2001::1',
  'IPv6, ORCHID': '2001:20::1',
  'IPv6, documentation': '2001:db8::1',
  'IPv6, documentation 2': '3fff::1',
  'IPv6, 6to4 of loopback': '2002:7f00:1::1',
  'IPv6, segment routing': '5f00::1',
  'IPv6, unique local': 'fd00::1',
  'IPv6, metadata of EC2': 'fd00:ec2::254',
  'IPv6, link-local': 'fe80::1',
  'IPv6, site-local': 'fec0::1',
  'IPv6, multicast': 'ff02::1',
  'IPv6, not given out': '4000::1'
}

const signal = new AbortController().signal
const parcel = (url: string) => ({ url, headers: {}, body: '{}' })
const hostOf = (address: string) => (address.includes(':') ? `[${address}]` : address)

for (const [name, address] of Object.entries(refused))
  test(`an address of ${name} is refused, in the URL and behind a name`, async () => {
    assert.ok(openGuard('').complain(`https://${hostOf(address)}/`), address)
    const family = address.includes(':') ? 6 : 4
    const guard = openGuard('', async () => [{ address, family }])
    const { status, said } = await post(guard, parcel('https://receiver.example/'), signal)
    assert.equal(status, null)
    assert.match(said, /which is not public/)
  })

test('public addresses pass, and odd notations are what they stand for', () => {
  const { complain } = openGuard('')
  for (const host of ['8.8.8.8', '[2606:4700::1111]', 'receiver.example', '[::ffff:8.8.8.8]'])
    assert.equal(complain(`https://${host}/hook?a=1`), undefined, host)
  for (const host of [
    '0x7f.1',
    '2130706433',
    '0177.0.0.1',
    '127.1',
    '１２７.0.0.1',
    '[::ffff:7f00:1]'
  ])
    assert.match(complain(`https://${host}/`)?.en ?? '', /not public/, host)
})

test('only a whole HTTPS URL will do, on a port for it', () => {
  const { complain } = openGuard('')
  const wrong = {
    '': /begins with https/,
    'receiver.example': /begins with https/,
    'ftp://receiver.example/': /begins with https/,
    'file:///etc/passwd': /begins with https/,
    [`https://receiver.example/${'a'.repeat(1000)}`]: /1,000/,
    'http://receiver.example/': /Use https/,
    'https://user@receiver.example/': /password/,
    'https://:secret@receiver.example/': /password/,
    'https://receiver.example/#part': /“#”/,
    'https://receiver.example:25/': /port 443/,
    'https://receiver.example:22/': /port 443/
  }
  for (const [url, pattern] of Object.entries(wrong))
    assert.match(complain(url)?.en ?? '', pattern, url)
  assert.equal(complain('https://receiver.example:8443/'), undefined)
})

test('a network that is allowed is reached, by HTTP as well, and no other by its leave', async t => {
  const { port, received } = await openReceiver(t)
  const local = [{ address: '127.0.0.1', family: 4 }]
  const guard = openGuard('127.0.0.1/32, fd00::/8', async () => local)
  assert.equal((await post(guard, parcel(`http://127.0.0.1:${port}/`), signal)).status, 200)
  assert.equal((await post(guard, parcel(`http://receiver.example:${port}/`), signal)).status, 200)
  assert.equal(received.length, 2)
  const other = openGuard('10.0.0.0/8', async () => local)
  assert.equal((await post(other, parcel(`http://127.0.0.1:${port}/`), signal)).status, null)
  assert.equal((await post(other, parcel(`http://receiver.example:${port}/`), signal)).status, null)
  const abroad = openGuard('10.0.0.0/8', async () => [{ address: '8.8.8.8', family: 4 }])
  const { said } = await post(abroad, parcel('http://receiver.example/'), signal)
  assert.match(said, /8\.8\.8\.8, which is not public/)
  assert.equal(received.length, 2)
})

test('the address that was checked is the one that is connected to, however a name changes', async t => {
  const { port, received } = await openReceiver(t)
  const answers = ['127.0.0.1', '10.0.0.1', '10.0.0.1']
  let asked = 0
  const changing = openGuard('127.0.0.1/32', async () => {
    const address = answers[asked] as string
    asked += 1
    return [{ address, family: 4 }]
  })
  const { status } = await post(changing, parcel(`http://receiver.example:${port}/`), signal)
  assert.deepEqual([status, asked, received.length], [200, 1, 1])
  const next = await post(changing, parcel(`http://receiver.example:${port}/`), signal)
  assert.match(next.said, /10\.0\.0\.1, which is not public/)
  assert.deepEqual([asked, received.length], [2, 1])
})

test('a name with one address that is not public is not connected to at all', async t => {
  const { port, received } = await openReceiver(t)
  const guard = openGuard('127.0.0.1/32', async () => [
    { address: '127.0.0.1', family: 4 },
    { address: '192.168.0.1', family: 4 }
  ])
  const { said } = await post(guard, parcel(`http://receiver.example:${port}/`), signal)
  assert.match(said, /192\.168\.0\.1/)
  assert.equal(received.length, 0)
})
