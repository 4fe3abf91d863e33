import assert from 'node:assert/strict'
import { test } from 'node:test'
import { change, found, testLegal, testPlants, where } from '../../test/doctor.ts'

const web = 'infra/eb/web.cfg.yml'
const worker = 'infra/eb/worker.cfg.yml'
const common = '.ebextensions/10-common.config'
const long = 'x'.repeat(250)

testPlants([
  [
    'a value of 300 characters',
    web,
    'STORAGE_URL: s3://REPLACE_Bucket',
    `STORAGE_URL: s3://${'x'.repeat(300)}`,
    'property-values'
  ],
  [
    'a property that nothing reads',
    common,
    'MAX_RECEIVES:',
    'FEATURE_FLAG: "1"\n    MAX_RECEIVES:',
    'property-known'
  ],
  [
    'a value of the wrong form',
    common,
    'MAX_RECEIVES: "5"',
    'LOG_LEVEL: loud\n    MAX_RECEIVES: "5"',
    'property-complete'
  ],
  ['a worker that believes it is web', worker, 'TIER: worker', 'TIER: web', 'property-tier'],
  ['a tier that is none', worker, 'TIER: worker', 'TIER: workers', 'property-complete']
])

test('a name in small letters is found, and that nothing reads it', async () => {
  const { project, place } = change(common, 'MAX_RECEIVES:', 'log-level: info\n    MAX_RECEIVES:')
  assert.deepEqual(await found(project), [`${place} property-names`, `${place} property-known`])
})

test('a misspelt region is found, and that both tiers lack it', async () => {
  const { project, place } = change(common, 'AWS_REGION:', 'AWS_REGON:')
  assert.deepEqual(await found(project), [
    `${place} property-known`,
    `${where(web, 'TIER: web')} property-region`,
    `${where(worker, 'TIER: worker')} property-region`
  ])
})

test('a tier without a property that it needs is found', async () => {
  const { project } = change(web, '    MAIL_FROM: REPLACE_MailFrom\n', '')
  assert.deepEqual(await found(project), [`${where(web, 'TIER: web')} property-complete`])
})

test('more than 4,096 bytes of properties are found at the longest', async () => {
  const many = Array.from(
    { length: 17 },
    (_, n) => `    AWS_SDK_X${n}: ${long}${n === 3 ? 'yyy' : ''}\n`
  )
  const from = '    MAX_RECEIVES:'
  const { project, place } = change(common, from, `${many.join('')}${from}`)
  const [path, line] = place.split(':')
  const longest = `${path}:${Number(line) + 3} property-size`
  assert.deepEqual(await found(project), [longest, longest])
})

testLegal([
  ['a variable of Node', common, 'NODE_ENV: production', 'NODE_OPTIONS: --enable-source-maps'],
  ['a setting of the SDK', common, 'NODE_ENV: production', 'AWS_MAX_ATTEMPTS: "5"'],
  ['a time zone', common, 'NODE_ENV: production', 'TZ: Asia/Tokyo'],
  ['an optional property', web, 'TIER: web', 'TIER: web\n    LINK_DAYS: "14"']
])
