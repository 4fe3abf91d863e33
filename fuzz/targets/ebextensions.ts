import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readBeanstalkSettings } from '../../src/sqsd/ebextensions.ts'
import { mutate } from '../mutate.ts'
import { isSentence, refusing, type Target } from '../target.ts'

const ours = join(import.meta.dirname, '../../.ebextensions')
const list = `option_settings:
  - namespace: aws:elasticbeanstalk:sqsd
    option_name: HttpPath
    value: /
  - {namespace: aws:elasticbeanstalk:sqsd, option_name: MaxRetries, value: 5}
`
const examples = [
  ...readdirSync(ours).map(name => readFileSync(join(ours, name))),
  Buffer.from(list)
]
const words = [
  'option_settings:\n',
  '  aws:elasticbeanstalk:sqsd:\n',
  'HttpPath: ',
  'option_name: ',
  'value: ',
  '&a ',
  '*a',
  '<<: *a',
  '- ',
  '[',
  '{',
  '`{"Ref":"Queue"}`',
  '!!binary ',
  '!GetAtt ',
  '---\n'
]

const folder = mkdtempSync(join(tmpdir(), 'beanline-fuzz-'))
mkdirSync(folder, { recursive: true })
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
const file = join(folder, '10-fuzzed.config')

export const target: Target = {
  name: 'ebextensions',
  generate: random => mutate(random, examples, words, 4096),
  run(input) {
    writeFileSync(file, input)
    return refusing(
      () => readBeanstalkSettings(folder),
      error => isSentence(error, /10-fuzzed\.config/)
    )
  }
}
