import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, test } from 'node:test'
import { openTools } from '../../../test/tools.ts'
import { closePool } from '../../pdf/pool.ts'
import { GiveUp } from '../../queue/outcome.ts'
import { report } from './job.ts'

after(closePool)

test('the file is named after the report, without what file systems do not take', async t => {
  const tools = await openTools(t)
  const nameOf = async (title: string) =>
    (await report.perform({ title, text: '豆' }, tools)).file?.name
  assert.equal(await nameOf('焙煎工程の改善'), '焙煎工程の改善.pdf')
  assert.equal(await nameOf('../..\\a:b*c?'), '_.._a_b_c_.pdf')
  assert.equal(await nameOf('豆'.repeat(150)), `${'豆'.repeat(80)}.pdf`)
  assert.equal(await nameOf('...'), '報告書.pdf')
})

test('the text may come in a file, whatever its encoding', async t => {
  const tools = await openTools(t)
  const { storage } = tools
  // 豆 in CP932.
  const bytes = Buffer.from([0x23, 0x20, 0x93, 0xa4])
  const { key, name } = await storage.put('uploads/a', bytes, { name: 'a.md', type: 'text/plain' })
  const order = { title: '報告書', file: { key, name, bytes: bytes.length } }
  const sent = await report.perform(order, tools)
  const stored = readFileSync(await storage.link(sent.file as { key: string; name: string }))
  const typed = await report.perform({ title: '報告書', text: '# 豆' }, tools)
  assert.equal(typed.file?.key, 'report/7.pdf')
  assert.ok(stored.equals(readFileSync(await storage.link(typed.file))))
})

test('the person sees how far the drawing is', async t => {
  const seen: number[] = []
  const tools = await openTools(t, { progress: percent => void seen.push(percent) })
  await report.perform({ title: 'T', text: '豆\n\n'.repeat(1000) }, tools)
  assert.ok(seen.length > 5 && seen.length < 20, seen.join(' '))
  assert.deepEqual(
    seen,
    seen.toSorted((a, b) => a - b)
  )
  assert.equal(seen.at(-1), 80)
})

test('a report that can not be drawn is given up at once, with the reason in its language', async t => {
  const text = '>'.repeat(1000)
  for (const [language, reason] of [
    ['ja', /入れ子が深すぎます/],
    ['en', /nested too deeply/]
  ] as const)
    await assert.rejects(
      async () => report.perform({ title: 'T', text }, await openTools(t, { language })),
      error => error instanceof GiveUp && reason.test(error.message)
    )
})

test('a job that is stopped ends its drawing', async t => {
  const stop = new AbortController()
  const text = '# 豆\n\n水と火。\n\n'.repeat(20_000)
  const progress = () => stop.abort(new Error('The worker is stopping.'))
  const tools = await openTools(t, { signal: stop.signal, progress })
  await assert.rejects(report.perform({ title: 'T', text }, tools), /worker is stopping/)
})
