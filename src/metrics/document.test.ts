import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { registry } from './meters.ts'

type Metric = { name: string; help: string; labelNames: string[] }

const rows = () =>
  (registry.getMetricsAsArray() as unknown as Metric[])
    .filter(({ name }) => name.startsWith('beanline_'))
    .map(({ name, help, labelNames }) => {
      const labels = labelNames.map(label => `\`${label}\``).join(' ')
      return `| \`${name}\` | ${labels} | ${help} |`
    })

test('docs/observability.md lists every metric, as Prometheus is told of it', () => {
  const text = readFileSync(new URL('../../docs/observability.md', import.meta.url), 'utf8')
  const listed = text.split('\n').filter(line => line.startsWith('| `beanline_'))
  assert.deepEqual(listed, rows())
})

test('names are as Prometheus wants them, and each help says what to do', () => {
  for (const { name, help } of registry.getMetricsAsArray() as unknown as Metric[]) {
    assert.match(name, /^beanline_[a-z_]+$/)
    assert.match(help, /^[A-Z].{60,}[.?]$/, name)
  }
})
