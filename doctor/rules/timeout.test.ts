import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  change,
  found,
  repository,
  testLegal,
  testPlants,
  where,
  withTexts
} from '../../test/doctor.ts'

const nginx = '.platform/nginx/conf.d/10-app.conf'
const worker = 'infra/eb/worker.cfg.yml'
const bundle = '.ebextensions/30-worker-sqsd.config'

testPlants([
  ['an InactivityTimeout shorter than an attempt', worker, "'630'", "'599'", 'timeout-chain'],
  [
    'an nginx that gives up before sqsd',
    nginx,
    'proxy_read_timeout 660s',
    'proxy_read_timeout 600s',
    'timeout-chain'
  ],
  ['a proxy_read_timeout as long as InactivityTimeout', nginx, '660s', '630s', 'timeout-chain'],
  [
    'an ErrorVisibilityTimeout of 2 s',
    worker,
    "ErrorVisibilityTimeout: '30'",
    "ErrorVisibilityTimeout: '2'",
    'error-visibility'
  ]
])

test('a visibility shorter than nginx waits is found, and that the queue has another', async () => {
  const { project, place } = change(worker, "VisibilityTimeout: '720'", "VisibilityTimeout: '650'")
  const places = await found(project)
  assert.ok(places.includes(`${place} timeout-chain`))
  assert.deepEqual(
    places.filter(other => !other.includes('timeout-chain')).map(other => other.split(' ')[1]),
    ['sqsd-copies', 'queue-visibility']
  )
})

test('without proxy_read_timeout nginx waits for 60 s, and that is found', async () => {
  const { project } = change(nginx, 'proxy_read_timeout 660s;', '')
  assert.deepEqual(await found(project), [`${nginx}:1 timeout-chain`])
})

test('an ErrorVisibilityTimeout that is not set anywhere is found', async () => {
  const { project } = change(worker, "    ErrorVisibilityTimeout: '30'\n", '')
  const texts = new Map(project.texts)
  texts.set(bundle, String(texts.get(bundle)).replace('    ErrorVisibilityTimeout: 30\n', ''))
  assert.deepEqual(await found({ ...project, texts }), [
    `${where(worker, 'WorkerQueueURL')} error-visibility`
  ])
})

test('without a saved configuration of a worker, the bundle alone is judged', async () => {
  const text = String(repository.texts.get(bundle))
  const wrong = text.replace('InactivityTimeout: 630', 'InactivityTimeout: 60')
  const places = await found(withTexts({ [bundle]: wrong, [worker]: null }))
  assert.ok(
    places.includes(`${where(bundle, 'InactivityTimeout: 630')} timeout-chain`),
    `${places}`
  )
})

/** Both copies with another ErrorVisibilityTimeout, and the bundle with as many receives, if any. */
function withRetries(wait: number, retries: number | undefined) {
  const own = String(repository.texts.get(bundle))
    .replace('ErrorVisibilityTimeout: 30', `ErrorVisibilityTimeout: ${wait}`)
    .replace(/^ +MaxRetries: 5\n/m, retries ? `    MaxRetries: ${retries}\n` : '')
  const saved = String(repository.texts.get(worker))
  const waiting = saved.replace(/(ErrorVisibilityTimeout: )'30'/, `$1'${wait}'`)
  return withTexts({ [bundle]: own, [worker]: waiting })
}

test('the receives must last longer than a lease, by the pauses between them', async () => {
  for (const [wait, retries, isLegal] of [
    [7, 5, false],
    [8, 5, true],
    [3, undefined, false],
    [4, undefined, true]
  ] as const) {
    const places = await found(withRetries(wait, retries))
    const rules = places.map(place => place.split(' ')[1])
    assert.deepEqual(rules, isLegal ? [] : ['error-visibility'], `${wait} s, ${retries} receives`)
  }
})

testLegal([
  ['a time of nginx in minutes', nginx, '660s', '11m'],
  ['a time of nginx in parts', nginx, '660s', '"10m 59s"'],
  ['a time of nginx without a unit', nginx, '660s', '660']
])
