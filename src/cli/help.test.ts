import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { beanline } from '../../test/shell.ts'
import { commands } from './commands.ts'

const root = join(import.meta.dirname, '../..')
const read = (file: string) => readFileSync(join(root, file), 'utf8')

/** Tells on stderr of every package that is loaded. */
const watched = `data:text/javascript,${encodeURIComponent(`
import { registerHooks } from 'node:module'
registerHooks({
  resolve(name, context, next) {
    const found = next(name, context)
    if (found.url.includes('/node_modules/')) process.stderr.write(found.url)
    return found
  }
})`)}`

test('the help names every command, and loads no package: no database, no AWS', async () => {
  for (const args of [[], ['help'], ['--help'], ['-h'], ['help', 'states'], ['--version']]) {
    const { code, out, err } = await beanline(args, { flags: ['--import', watched] })
    assert.deepEqual([code, err], [0, ''], args.join(' '))
    const isOverview = args.length === 0 || !/states|version/.test(args.join(' '))
    for (const { name, summary } of isOverview ? commands : [])
      assert.match(out, new RegExp(`^  ${name} +${summary.replace(/[.?()]/g, '\\$&')}$`, 'm'))
  }
})

test('a package that is loaded would be told of', async () => {
  const { err } = await beanline(['jobs'], { flags: ['--import', watched] })
  assert.match(err, /node_modules\/typebox/)
})

test('every command teaches its options, and has two examples that it understands', async () => {
  for (const { name, load } of commands) {
    const { options, examples, about } = await load()
    assert.ok(examples.length >= 2, name)
    assert.ok(about.length > 60, name)
    for (const [line] of examples) assert.match(line, new RegExp(`\\bbeanline ${name}\\b`))
    const { code, out } = await beanline(['help', name])
    assert.equal(code, 0)
    for (const [flag, { help }] of Object.entries(options)) {
      assert.ok(out.includes(`--${flag}`) && out.includes(help), `${name} --${flag}`)
    }
    for (const flag of examples.flatMap(([line]) => flagsOf(line, name)))
      assert.ok(Object.hasOwn(options, flag) || out.includes(`--help" has its options`), flag)
  }
})

/** The flags of an example, up to the end of its command. */
function flagsOf(line: string, name: string) {
  const own = line.slice(line.indexOf(`beanline ${name}`)).split(' | ')[0] ?? ''
  return [...own.matchAll(/ --([a-z-]+)/g)].map(([, flag]) => flag ?? '')
}

test('the manual and the readme know every command', () => {
  const manual = read('docs/cli.md')
  for (const { name } of commands) assert.ok(manual.includes(`\`${name}\``), name)
  const named = [...manual.matchAll(/beanline ([a-z]+(?:-[a-z]+)*)/g)].map(([, name]) => name)
  const known = [...commands.map(({ name }) => name), 'help']
  assert.deepEqual(
    named.filter(name => !known.includes(name as string)),
    []
  )
  assert.match(read('README.md'), /npx beanline/)
  assert.match(read('README.md'), /docs\/cli\.md/)
})

test('what is no command, option or value is refused with what was meant', async () => {
  const wrong: [string[], RegExp][] = [
    [['dicard'], /no command "dicard": did you mean "discard"\?/],
    [['help', 'periodc'], /did you mean "periodic"\?/],
    [['toString'], /no command "toString": "beanline help" lists all/],
    [['jobs', '--stat', 'failed'], /no option --stat: did you mean --state\?/],
    [['jobs', '-x'], /no option -x/],
    [['jobs', '--state', 'faild'], /no state "faild": did you mean failed\?/],
    [['jobs', '--state'], /--state wants a value, as in --state STATE/],
    [['jobs', '--state', '--json'], /--state wants a value/],
    [['jobs', '--json=yes'], /--json takes no value/],
    [['jobs', '--limit', '0'], /--limit is "0": give a whole number from 1 to 1000/],
    [['jobs', 'failed'], /"beanline jobs" takes no "failed"/],
    [['job'], /Say which job/],
    [['job', '1', '--language', 'fr'], /--language is "fr"/],
    [['retry'], /Say which jobs/],
    [['retry', '1', '--all'], /Say which jobs/],
    [['retry', '1', '--state', 'failed'], /are for --all/],
    [['enqueue'], /Say what kind of job: invoice/],
    [['enqueue', 'invioce', 'x.json'], /no kind "invioce": did you mean invoice\?/],
    [['enqueue', 'invoice'], /Say which order/],
    [['redrive'], /Say what to send back/],
    [['redrive', '1', '--count', '3'], /--count is for some of a group/],
    [['redrive', '--group', 'x', '--rate', '9'], /--rate is for --all/],
    [['dead-letters', 'list'], /takes "look" or nothing, not "list"/],
    [['migrate', 'now'], /takes no "now"/]
  ]
  for (const [args, sentence] of wrong) {
    const { code, out, err } = await beanline(args)
    assert.deepEqual([code, out], [2, ''], args.join(' '))
    assert.match(err, sentence)
    assert.doesNotMatch(err, /^ +at /m)
  }
})
