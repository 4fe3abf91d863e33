import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mutate } from './mutate.ts'
import { openRandom } from './random.ts'
import { run } from './run.ts'
import { targets } from './targets.ts'

for (const { name, url, share = 1, seconds = 60 } of targets)
  test(`some hundred inputs find nothing wrong with ${name}`, async () => {
    const inputs = Math.ceil(300 * share)
    const { finding, done } = await run({ url, inputs, seed: 20261126, secondsEach: seconds })
    assert.equal(finding?.reason, undefined, finding?.input.toString('base64'))
    assert.equal(done, inputs)
  })

/** A target that breaks a promise at its third input. */
const broken = (fault: string) =>
  `data:text/javascript,${encodeURIComponent(`
let count = 0
export const target = {
  generate: () => Buffer.from(String(++count)),
  run: input => { if (String(input) === '3') { ${fault} } }
}`)}`

const faults: [string, string, RegExp][] = [
  ['throws', 'null.x', /TypeError/],
  ['rejects', "return Promise.reject(new RangeError('far'))", /RangeError: far/],
  ['never ends', 'for (;;);', /did not end within 1 s/],
  ['never answers', 'return new Promise(resolve => setTimeout(resolve, 1e8))', /did not end/],
  ['pollutes all objects', 'Object.prototype.evil = 1', /prototype/],
  [
    'throws where nobody catches',
    "setTimeout(() => { throw new Error('late') }); return new Promise(() => {})",
    /crashed: Error: late/
  ],
  ['ends the process', 'process.exit()', /ended the thread/]
]
for (const [what, fault, reason] of faults)
  test(`a reader that ${what} is found, with its input`, async () => {
    const { finding } = await run({ url: broken(fault), inputs: 10, seed: 1, secondsEach: 1 })
    assert.match(finding?.reason ?? '', reason)
    if (what !== 'ends the process') assert.equal(String(finding?.input), '3')
  })

test('the same seed gives the same inputs, another one others', () => {
  const examples = [Buffer.from('a good example, of some length')]
  const inputs = (seed: number) =>
    Array.from({ length: 50 }, (_, at) => mutate(openRandom(seed + at), examples).toString('hex'))
  assert.deepEqual(inputs(1), inputs(1))
  assert.ok(new Set([...inputs(1), ...inputs(1000)]).size > 90)
})
