import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { examine } from './examine.ts'
import type { Report } from './finding.ts'
import { hasNginx } from './nginx-test.ts'
import { renderCount, renderList, renderReport } from './print.ts'
import { isChanged, readProject } from './project.ts'
import { rules } from './rules.ts'
import { closeTiers } from './tiers.ts'

const help = `npm run doctor [-- options]

Looks for what would go wrong on Elastic Beanstalk, without calling AWS, and says of each mistake where it
is, what it would do there, and how to mend it. Ends with 1 when there is one.

  --list   every rule, in a line each
  --json   the findings as JSON: [{file, line, rule, problem, onAws, fix}]
  --help   this text
`

start().catch(error => {
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 2
})

async function start() {
  const { list, json, help: isAsked } = readFlags()
  if (isAsked) return void process.stdout.write(help)
  if (list) return void process.stdout.write(`${renderList(rules)}\n`)
  const root = join(import.meta.dirname, '..')
  const reports = await examine(readProject(root)).finally(closeTiers)
  process.stdout.write(json ? `${JSON.stringify(reports, null, 2)}\n` : render(reports, root))
  process.exitCode = reports.length > 0 ? 1 : 0
}

function readFlags() {
  const flag = { type: 'boolean', default: false } as const
  return parseArgs({ options: { list: flag, json: flag, help: { ...flag, short: 'h' } } }).values
}

function render(reports: Report[], root: string) {
  const notes = [
    hasNginx() ? '' : 'nginx is not installed, so it was not asked about its files.',
    isChanged(root)
      ? 'There are changes that are not committed: eb deploy ships the last commit.'
      : ''
  ]
  const lines = [...reports.map(renderReport), ...notes.filter(Boolean)]
  return `${[...lines, renderCount(reports, rules, performance.now())].join('\n')}\n`
}
