import { heading } from './colour.ts'
import type { Command, Option } from './command.ts'
import type { Entry } from './commands.ts'
import { padTo, widthOf } from './text.ts'

const about = `Usage: beanline COMMAND [options]

Looks at a line of jobs from a shell, and acts on it: what the dashboard does, for scripts and for whoever is
logged in on a machine of the line.`

const more = `Which line: that of the variables of a tier (DATABASE_URL, QUEUE_URL and so on, .env.example); with
--local, the one that "npm start" runs on this machine.

  beanline help COMMAND   its options, with examples
  beanline help states    what becomes of a job, and what you may do about it

Exit codes: 0 done, 1 failed, 2 wrong usage (nothing was done). What was found goes to stdout, all else to stderr.`

/** What `beanline` can do. */
export function overview(entries: Entry[]): string {
  const groups = [...new Set(entries.map(({ group }) => group))]
  const lists = groups.map(group => {
    const rows = entries.filter(one => one.group === group)
    return `${heading(group)}\n${columns(rows.map(({ name, summary }) => [name, summary]))}`
  })
  return [about, ...lists, more].join('\n\n')
}

/** How a command is used. */
export function commandHelp(name: string, { usage, about, options, examples }: Command): string {
  const flags = Object.entries(options).map(([flag, rule]): [string, string] => [
    flagOf(flag, rule),
    rule.help
  ])
  const lines = examples.map(([line, what]) => `  ${line}\n      ${what}`)
  const parts = [
    `Usage: beanline ${name}${usage && ` ${usage}`}`,
    about,
    flags.length > 0 ? `${heading('Options')}\n${columns(flags)}` : '',
    `${heading('Examples')}\n${lines.join('\n')}`
  ]
  return parts.filter(Boolean).join('\n\n')
}

function flagOf(flag: string, { short, value }: Option) {
  return `${short ? `-${short}, ` : ''}--${flag}${value ? ` ${value}` : ''}`
}

function columns(rows: [string, string][]): string {
  const width = Math.max(...rows.map(([name]) => widthOf(name)))
  return rows.map(([name, text]) => `  ${padTo(name, width)}  ${text}`).join('\n')
}
