import { constants } from 'node:os'
import { join } from 'node:path'

/** `npm run bench -- sqsd`: each benchmark is a file here that prints a table. */
const benches: Record<string, string> = {
  sqsd: 'the daemon beside sqs-consumer and squiss-ts; five minutes',
  faults: '10,000 messages through every fault of sqsd; a minute',
  instance: 'what one instance of the worker tier does, and what a job costs',
  pdf: 'documents, beside other makers of PDFs',
  line: 'from the API to the mail, beside pg-boss, graphile-worker and BullMQ; ten minutes',
  dashboard: 'its pages with a million jobs, whatever the list is asked for; a few minutes',
  pages: 'what each page weighs, and when a browser shows it',
  explain: 'how MariaDB goes about each statement with a million jobs'
}
const help = `Usage: npm run bench -- BENCHMARK…

${Object.entries(benches)
  .map(([name, what]) => `  ${name.padEnd(9)} ${what}`)
  .join('\n')}

The rivals are installed the first time, in folders of bench/. Times are those of a quiet machine.
`

const wanted = process.argv.slice(2)
if (wanted.includes('--help') || wanted.includes('-h')) {
  process.stdout.write(help)
  process.exit(0)
}
const unknown = wanted.find(name => !Object.hasOwn(benches, name))
if (unknown !== undefined || wanted.length === 0) {
  const sentence =
    unknown === undefined ? 'Which benchmark?' : `There is no benchmark "${unknown}".`
  process.stderr.write(`${sentence}\n\n${help}`)
  process.exit(1)
}
// What ends with `exit` ends with Ctrl-C as well: databases and folders would be left otherwise.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => process.exit(128 + constants.signals[signal]))
for (const name of wanted) await import(join(import.meta.dirname, `${name}.ts`))
