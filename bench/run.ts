import { join } from 'node:path'

/** `npm run bench -- sqsd`: each benchmark is a file here that prints a table. */
const benches = ['sqsd', 'faults', 'instance', 'pdf', 'line', 'explain']
const wanted = process.argv.slice(2)
const unknown = wanted.filter(name => !benches.includes(name))
if (unknown.length > 0 || wanted.length === 0) {
  process.stderr.write(`Which benchmark? npm run bench -- ${benches.join(' | ')}\n`)
  process.exit(1)
}
for (const name of wanted) await import(join(import.meta.dirname, `${name}.ts`))
