import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Breach } from './judge.ts'
import type { Played } from './perform.ts'
import { explain, tableOf } from './report.ts'
import { kill } from './scenarios/kill.ts'

const breach = (job: number, how: string): Breach => ({ promise: 'lost', order: `job ${job}`, how })
const played: Played = {
  ...{ scenario: kill, seed: 3, jobs: 300, refused: 1, doubleMails: 2, ambiguous: 4, retried: 6 },
  ...{ attempts: 305, failed: { 'dead letter': 5 }, recoverySeconds: 20.4, seconds: 72.6 },
  breaches: [breach(6, 'is waiting: no error')]
}

test('the table has a line for each scenario, under heads of the same width', () => {
  const [heads, line] = tableOf([played]).split('\n')
  const cells =
    '3   300        1     1      0      0     0      0       2      4        6       305'
  assert.equal(line, `kill         ${cells}  5 dead letter      20 s   73 s`)
  assert.equal(heads?.length, line?.length)
})

test('a line that never came to rest says so', () => {
  assert.match(tableOf([{ ...played, recoverySeconds: undefined }]), / never /)
})

test('breaches of one sort are told once, with the first job and how many there are', () => {
  const many = [1, 2, 3].map(job => breach(job, `has ${job} rows`))
  const breaches = [...many, breach(9, 'is waiting: no error')]
  assert.equal(
    explain({ ...played, breaches }),
    '  lost: job 1 has 1 rows, and 2 more like it\n  lost: job 9 is waiting: no error\n'
  )
})
