import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCronFile } from './cron-file.ts'

const read = (text: string) => {
  const lines: string[] = []
  const tasks = readCronFile(text, 'cron.yaml', (category, line) =>
    lines.push(`${category}: ${line}`)
  )
  return { tasks, lines }
}
const file = (schedule: string) =>
  `version: 1\ncron:\n - name: a\n   url: /a\n   schedule: "${schedule}"\n`

const right = [
  '@hourly',
  '@yearly',
  '@midnight',
  '0 0 * * MON-FRI',
  '1-59/2 * * * *',
  '* * * * 7',
  '5,10-12 8 1 jan,JUL *'
]
for (const schedule of right)
  test(`case 29: the schedule ${schedule} is taken`, () => {
    const { tasks, lines } = read(file(schedule))
    assert.deepEqual([tasks.length, tasks[0]?.name, tasks[0]?.url], [1, 'a', '/a'])
    assert.deepEqual(lines, [
      'schedule-parser: Successfully loaded 1 scheduled tasks from cron.yaml.'
    ])
  })

const wrong: Record<string, RegExp> = {
  '5/15 * * * *': /"5\/15" is no minute/,
  '? * * * *': /"\?" is no minute/,
  '0 0 L * *': /"L" is no day of month/,
  '@reboot': /"@reboot" is unknown/,
  '@HOURLY': /"@HOURLY" is unknown/,
  '* * * *': /has 4 fields/,
  '* * * * * * *': /has 7 fields/,
  '61 * * * *': /"61" is no minute/,
  '*/0 * * * *': /"\*\/0" is no minute/,
  '*/00 * * * *': /"\*\/00" is no minute/,
  '*x * * * *': /"\*x" is no minute/,
  'jan * * * *': /"jan" is no minute/,
  '* * 5W * *': /"5W" is no day of month/,
  '* * * * 1#2': /"1#2" is no day of week/,
  '1, * * * *': /"" is no minute/,
  '* * * * fri-mon': /"fri-mon" is no day of week/,
  constructor: /has 1 fields/,
  '0 24 * * *': /"24" is no hour/,
  '5-1 * * * *': /"5-1" is no minute/,
  '* * 0 * *': /"0" is no day of month/,
  '* * * 13 *': /"13" is no month/,
  '* * 31 2 *': /no day on which it is ever due/,
  '-1 * * * *': /"-1" is no minute/
}
for (const [schedule, sentence] of Object.entries(wrong))
  test(`case 29: the schedule ${schedule} is refused, with file, line and field`, () => {
    assert.throws(
      () => read(file(schedule)),
      (error: Error) =>
        error.message.startsWith('cron.yaml:5: schedule of "a": ') && sentence.test(error.message)
    )
  })

test('case 29: a sixth field is ignored with a warning', () => {
  const { lines } = read(file('*/30 * * * * *'))
  assert.equal(
    lines[0],
    'schedule-parser: cron.yaml:5: schedule of "a": the sixth field is ignored.'
  )
})

const list = 'version: 1\ncron:\n - name: a\n'
const broken: [string, string, RegExp][] = [
  ['an empty file', '', /^cron\.yaml is empty/],
  ['a version in quotes', 'version: "1"\ncron: []', /:1: the version must be the number 1/],
  ['another version', 'version: 2\ncron: []', /:1: the version must be the number 1/],
  ['no version', 'cron: []', /:1: the version must be the number 1/],
  ['a missing list', 'version: 1', /:1: "cron" must be a list/],
  ['a text instead of a map', 'cron', /:1: write "version: 1"/],
  ['a missing url', `${list}   schedule: "@daily"`, /:3: url of "a": it is missing/],
  ['a missing schedule', `${list}   url: /a`, /:3: schedule of "a": it is missing/],
  [
    'a url without a slash',
    `${list}   url: a\n   schedule: "@daily"`,
    /:4: url of "a": it must begin with "\/"/
  ],
  ['a url with a space', `${list}   url: /a b\n   schedule: "@daily"`, /:4: .*percent-encode/],
  ['a number for a name', 'version: 1\ncron:\n - name: 5', /:3: name: it must be a text/],
  ['a text for a task', 'version: 1\ncron: [a]', /:2: a task has a name/],
  [
    'an unquoted schedule',
    `${list}   url: /a\n   schedule: * * * * *`,
    /:5: this is no valid YAML: .*; put the schedule in quotes\.$/
  ],
  [
    'an unquoted nickname',
    `${list}   schedule: @daily`,
    /:4: this is no valid YAML: .*; put the schedule in quotes\.$/
  ],
  ['a list without an end', 'cron: [', /:1: this is no valid YAML: [^;]*\.$/],
  ['an alias without an anchor', 'version: 1\ncron: *a', /: this is no valid YAML: [^;]*: a\.$/],
  ['an alias of a name', 'version: &a 1\ncron:\n - name: *a', /:3: name: write the text itself/],
  [
    'a name that the registry can not keep',
    `version: 1\ncron:\n - name: ${'a'.repeat(191)}`,
    /:3: name: it must not be longer than 190/
  ],
  ['a name of two lines', 'version: 1\ncron:\n - name: "a\\nb"', /:3: name: it must be a single/],
  [
    'a name twice',
    `${file('@daily')} - {name: a, url: /b, schedule: "@daily"}`,
    /:6: name: another/
  ]
]
for (const [what, text, message] of broken)
  test(`case 29: ${what} is refused with the place`, () => {
    assert.throws(
      () => read(text),
      (error: Error) => /^cron\.yaml/.test(error.message) && message.test(error.message)
    )
  })

test('case 29: all that is wrong with the tasks is said at once', () => {
  assert.throws(
    () => read('version: 1\ncron:\n - {name: a, url: a, schedule: "61 * * * *"}\n - {url: /b}\n'),
    ({ message }: Error) => {
      const fields = message.split('\n').map(line => line.split(': ').slice(0, 2).join(': '))
      assert.deepEqual(fields, [
        'cron.yaml:3: url of "a"',
        'cron.yaml:3: schedule of "a"',
        'cron.yaml:4: name',
        'cron.yaml:4: schedule'
      ])
      return true
    }
  )
})

test('case 29: a key that is unknown is ignored with a warning', () => {
  const task = '{name: a, url: /a, schedule: "@daily", schedul: x, description: y}'
  const { tasks, lines } = read(`version: 1\ncron:\n - ${task}\n`)
  assert.equal(tasks.length, 1)
  assert.equal(
    lines[0],
    'schedule-parser: cron.yaml:3: "schedul" is no key of a task and is ignored.'
  )
  assert.equal(lines.length, 2)
})
