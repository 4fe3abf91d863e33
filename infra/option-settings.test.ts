import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { openFolder } from '../test/line.ts'
import { effectiveSettings, readOptionSettings, settingsIn } from './option-settings.ts'

const asMap = {
  path: '.ebextensions/10-a.config',
  text: `option_settings:
  # A comment.
  aws:elasticbeanstalk:sqsd:
    HttpPath: /
    VisibilityTimeout: "720"
  aws:autoscaling:asg: {MinSize: 01}
`
}
const asList = {
  path: '.ebextensions/20-b.config',
  text: `option_settings:
  - namespace: aws:elasticbeanstalk:sqsd
    option_name: VisibilityTimeout
    value: 800
  - option_name: TIER
    value: web
`
}
const saved = {
  path: 'web.cfg.yml',
  text: `OptionSettings:
  aws:elasticbeanstalk:sqsd: {HttpPath: /jobs}
  aws:elasticbeanstalk:healthreporting:system:
    ConfigDocument: {Version: 1}
`
}

test('options are read from a map, with the line of each', () => {
  const found = settingsIn(asMap).map(({ option, value, line }) => `${line} ${option}=${value}`)
  assert.deepEqual(found, ['4 HttpPath=/', '5 VisibilityTimeout=720', '6 MinSize=01'])
})

test('options are read from a list, and without a namespace they are environment properties', () => {
  const found = settingsIn(asList).map(({ namespace, line }) => `${line} ${namespace}`)
  const environment = 'aws:elasticbeanstalk:application:environment'
  assert.deepEqual(found, ['3 aws:elasticbeanstalk:sqsd', `5 ${environment}`])
})

test('a later file wins over an earlier one, and the saved configuration over both', () => {
  const options = effectiveSettings([asList, asMap], saved)
  assert.deepEqual(options['aws:elasticbeanstalk:sqsd'], {
    HttpPath: { value: '/jobs', file: 'web.cfg.yml', line: 2 },
    VisibilityTimeout: { value: '800', file: '.ebextensions/20-b.config', line: 3 }
  })
})

test('an option that is a document is given as JSON', () => {
  const options = effectiveSettings([], saved)
  const document = options['aws:elasticbeanstalk:healthreporting:system']?.['ConfigDocument']
  assert.equal(document?.value, '{"Version":1}')
})

test('invalid YAML is named with its place', () => {
  const text = 'option_settings:\n\taws:x:\n'
  assert.throws(() => settingsIn({ path: 'a.config', text }), /^Error: a\.config:2: no valid YAML/)
})

test('the files are read from a folder', t => {
  const folder = openFolder(t)
  mkdirSync(join(folder, '.ebextensions'))
  for (const { path, text } of [asMap, asList, saved]) writeFileSync(join(folder, path), text)
  const options = readOptionSettings(folder, 'web.cfg.yml')
  assert.equal(options['aws:elasticbeanstalk:sqsd']?.['HttpPath']?.value, '/jobs')
  assert.equal(readOptionSettings(folder)['aws:elasticbeanstalk:sqsd']?.['HttpPath']?.value, '/')
})
