import assert from 'node:assert/strict'
import { test } from 'node:test'
import { change, found, testLegal, testPlants, where } from '../../test/doctor.ts'

const web = 'infra/eb/web.cfg.yml'
const worker = 'infra/eb/worker.cfg.yml'

testPlants([
  ['a schedule of six fields', 'cron.yaml', '"* * * * *"', '"*/30 * * * * *"', 'cron-fields'],
  ['a version in quotes', 'cron.yaml', 'version: 1', 'version: "1"', 'cron-syntax'],
  ['a schedule that never comes', 'cron.yaml', '"* * * * *"', '"0 0 31 2 *"', 'cron-syntax'],
  ['an HttpPath without a route', worker, 'HttpPath: /', 'HttpPath: /jobs', 'http-path'],
  ['an HttpPath that is a task', worker, 'HttpPath: /', 'HttpPath: /cron/sweep', 'http-path'],
  [
    'a health check without a page',
    web,
    'HealthCheckPath: /healthz',
    'HealthCheckPath: /health',
    'health-check'
  ],
  [
    'a health check behind the password',
    web,
    'HealthCheckPath: /healthz',
    'HealthCheckPath: /dashboard/',
    'health-check'
  ]
])

test('a url without a route is found, and that its task has no line', async () => {
  const { project, place } = change('cron.yaml', 'url: /cron/sweep', 'url: /cron/swep')
  assert.deepEqual(await found(project), [
    `${where('cron.yaml', 'cron:')} cron-tasks`,
    `${place} cron-routes`
  ])
})

test('a second line for a task that the worker lacks is found', async () => {
  const text = '  - {name: tidy, url: /cron/nothing, schedule: "@daily"}\n'
  const { project, place } = change(
    'cron.yaml',
    '    schedule: "* * * * *"\n',
    `    schedule: "* * * * *"\n${text}`
  )
  assert.deepEqual(await found(project), [`${place} cron-routes`])
})

test('each of several mistakes in cron.yaml is found at its line', async () => {
  const { project } = change(
    'cron.yaml',
    /url: \/cron\/sweep\n.*/,
    'url: x\n    schedule: "61 * * * *"'
  )
  assert.deepEqual(await found(project), [
    `${where('cron.yaml', 'url: /cron/sweep')} cron-syntax`,
    `${where('cron.yaml', '"* * * * *"')} cron-syntax`
  ])
})

testLegal([
  ['a url in quotes', 'cron.yaml', 'url: /cron/sweep', 'url: "/cron/sweep"'],
  ['another schedule', 'cron.yaml', '"* * * * *"', '"*/5 0-6 * JAN-JUN mon"'],
  ['a health check of the first page', web, 'HealthCheckPath: /healthz', 'HealthCheckPath: /']
])
