import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { after, test } from 'node:test'
import { promisify } from 'node:util'
import { closePool, renderDocument } from './pool.ts'

after(closePool)

const threads = availableParallelism()
const bytes = 'new Uint8Array([37, 80, 68, 70])'
const echo = moduleOf(`input => ({ bytes: ${bytes}, pages: 1, warnings: [JSON.stringify(input)] })`)
const busy = moduleOf(`ms => {
  for (const start = Date.now(); Date.now() - start < ms; );
  return { bytes: ${bytes}, pages: 1, warnings: [] }
}`)

/** A module with the given `draw`. */
function moduleOf(draw: string) {
  return new URL(`data:text/javascript,${encodeURIComponent(`export const draw = ${draw}`)}`)
}

test('a document comes back with its pages and warnings', async () => {
  const drawing = await renderDocument(echo, { 名前: '豆' })
  assert.deepEqual(drawing.bytes, new Uint8Array([37, 80, 68, 70]))
  assert.equal(drawing.pages, 1)
  assert.deepEqual(drawing.warnings, ['{"名前":"豆"}'])
})

test('a drawing tells how far it is while it works, each percent once', async () => {
  const told: number[] = []
  const stop = new AbortController()
  const steady = moduleOf(`(_, { progress }) => {
    for (const percent of [1, 1.5, 2, 2, 50]) progress(percent)
    for (;;);
  }`)
  const drawing = renderDocument(
    steady,
    {},
    {
      signal: stop.signal,
      progress(percent) {
        told.push(percent)
        if (percent === 50) stop.abort(new Error('Enough.'))
      }
    }
  )
  await assert.rejects(drawing, /^Error: Enough\.$/)
  assert.deepEqual(told, [1, 2, 50])
})

test('the bytes are handed over, not copied', async () => {
  const keeper = moduleOf(`() => {
    const warnings = [String(globalThis.kept?.byteLength)]
    globalThis.kept = ${bytes}
    return { bytes: globalThis.kept, pages: 1, warnings }
  }`)
  await renderDocument(keeper, undefined)
  const { warnings } = await renderDocument(keeper, undefined)
  assert.deepEqual(warnings, ['0'])
})

test('a document that is a part of a larger buffer comes back alone', async () => {
  const small = moduleOf(`() => ({ bytes: Buffer.from('%PDF'), pages: 1, warnings: [] })`)
  const { bytes } = await renderDocument(small, undefined)
  assert.deepEqual([bytes.length, bytes.buffer.byteLength], [4, 4])
})

test('an error in the thread keeps its message, and the pool lives on', async () => {
  const broken = moduleOf(`() => { throw new Error('The paper is out.') }`)
  await assert.rejects(renderDocument(broken, {}), /^Error: The paper is out\.$/)
  assert.equal((await renderDocument(echo, {})).pages, 1)
})

test('a document that takes too long is given up, and the pool lives on', async () => {
  const late = renderDocument(busy, 60_000, { timeoutSeconds: 0.5 })
  await assert.rejects(late, /not drawn within 0\.5 seconds/)
  assert.equal((await renderDocument(echo, {})).pages, 1)
})

test('a document whose job is stopped is given up with the reason', async () => {
  const stop = new AbortController()
  const document = renderDocument(busy, 60_000, { signal: stop.signal })
  setTimeout(() => stop.abort(new Error('The lease is lost.')), 100)
  await assert.rejects(document, /^Error: The lease is lost\.$/)
  await assert.rejects(renderDocument(echo, {}, { signal: stop.signal }), /The lease is lost/)
  assert.equal((await renderDocument(echo, {})).pages, 1)
})

test('a document has a minute', async t => {
  const clock = t.mock.method(AbortSignal, 'timeout', () => AbortSignal.abort())
  await assert.rejects(renderDocument(echo, {}), /not drawn within 60 seconds/)
  assert.deepEqual(clock.mock.calls[0]?.arguments, [60_000])
})

test('a document that fills its memory is given up with a reason, and the pool lives on', async () => {
  const hungry = moduleOf(`() => { for (const kept = []; ; ) kept.push({ kept: [kept.length] }) }`)
  await assert.rejects(renderDocument(hungry, {}), /more than 256 MB of memory to draw/)
  assert.equal((await renderDocument(echo, {})).pages, 1)
})

test('the event loop goes on while documents are drawn', async t => {
  const ticks = new Int32Array(new SharedArrayBuffer(4))
  const patient = moduleOf(`ticks => {
    while (Atomics.load(ticks, 0) < 20);
    return { bytes: ${bytes}, pages: 1, warnings: [] }
  }`)
  const ticking = setInterval(() => Atomics.add(ticks, 0, 1), 5)
  t.after(() => clearInterval(ticking))
  assert.equal((await renderDocument(patient, ticks)).pages, 1)
})

test('a closed pool gives up what it draws and opens again for the next', async () => {
  const document = renderDocument(busy, 60_000)
  const given = assert.rejects(document)
  await closePool()
  await given
  assert.equal((await renderDocument(echo, {})).pages, 1)
})

const exit = moduleOf('() => process.exit(3)')

/** Ways in which a thread ends while others still wait for one. */
const deaths: [string, () => Promise<unknown>][] = [
  ['out of time', () => renderDocument(busy, 60_000, { timeoutSeconds: 0.5 })],
  ['stopped', () => renderDocument(busy, 60_000, { signal: AbortSignal.timeout(500) })],
  ['exited', () => renderDocument(exit, {})]
]

for (const [name, die] of deaths)
  test(`documents that wait are drawn although every thread is lost: ${name}`, async () => {
    const lost = Array.from({ length: threads }, () => assert.rejects(die()))
    const waiting = Array.from({ length: 3 * threads }, (_, n) => renderDocument(echo, n))
    await Promise.all(lost)
    for (const drawing of await Promise.all(waiting)) assert.equal(drawing.pages, 1)
  })

test('a thread that is lost is replaced while the others are busy', async () => {
  const stop = new AbortController()
  const { signal } = stop
  const others = Array.from({ length: threads - 1 }, () => renderDocument(busy, 60_000, { signal }))
  const stopped = others.map(document => assert.rejects(document))
  const lost = assert.rejects(renderDocument(exit, {}))
  const { pages } = await renderDocument(echo, {})
  assert.equal(pages, 1)
  stop.abort()
  await Promise.all([lost, ...stopped])
})

test('an idle pool does not keep the process alive', async () => {
  const pool = new URL('./pool.ts', import.meta.url)
  const script = `
    const { renderDocument } = await import(${JSON.stringify(pool)})
    const { pages } = await renderDocument(new URL(${JSON.stringify(echo)}), {})
    console.log(pages)`
  const options = ['--input-type=module', '--eval', script]
  const { stdout } = await promisify(execFile)(process.execPath, options, { timeout: 60_000 })
  assert.equal(stdout, '1\n')
})
