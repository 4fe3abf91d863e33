import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readPatience } from './patience.ts'

const untold = { SQSD_INACTIVITY_TIMEOUT: '', SQSD_ERROR_VISIBILITY_TIMEOUT: '' }
const released = `option_settings:
  aws:elasticbeanstalk:sqsd:
    InactivityTimeout: 630
    ErrorVisibilityTimeout: 30
`

test('the times of sqsd are those of the release, and without any Beanstalk’s own', () => {
  assert.deepEqual(readPatience(untold, released), { inactivitySeconds: 630, errorSeconds: 30 })
  assert.deepEqual(readPatience(untold, ''), { inactivitySeconds: 299, errorSeconds: 2 })
})

test('what the web tier is told of an sqsd of one’s own goes before the release, also a 0', () => {
  const told = { SQSD_INACTIVITY_TIMEOUT: '60', SQSD_ERROR_VISIBILITY_TIMEOUT: '0' }
  assert.deepEqual(readPatience(told, released), { inactivitySeconds: 60, errorSeconds: 0 })
})
