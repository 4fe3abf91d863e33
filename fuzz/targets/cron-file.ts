import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readCronFile } from '../../src/sqsd/cron-file.ts'
import { mutate } from '../mutate.ts'
import { isSentence, refusing, type Target } from '../target.ts'

const examples = [
  readFileSync(join(import.meta.dirname, '../../cron.yaml')),
  Buffer.from('version: 1\ncron:\n - {name: a, url: /a, schedule: "*/5 1-3 1,2 jan mon"}\n'),
  Buffer.from('version: &v 1\ncron: &c\n - name: a\n   url: /a\n   schedule: "@daily"\n - *c\n')
]
const words = [
  '[',
  '{',
  '- ',
  '? ',
  ': ',
  '&a ',
  '*a',
  '<<: *a',
  '!!js/function ',
  '!!binary ',
  '|\n',
  '>-\n',
  '---\n',
  '...\n',
  '%YAML 1.1\n',
  '@daily',
  '* * * * *',
  '0-59/1',
  '*/99999999999',
  'schedule: '
]

export const target: Target = {
  name: 'cron-file',
  generate: random => mutate(random, examples, words, 4096),
  run: input =>
    refusing(
      () => readCronFile(input.toString(), 'cron.yaml', () => {}),
      error => isSentence(error, /^cron\.yaml/)
    )
}
