import { join } from 'node:path'

/** `npm run bench -- sqsd`: each benchmark is a file here that prints a table. */
const benches = ['sqsd', 'faults', 'instance']
const wanted = process.argv.slice(2)
const unknown = wanted.filter(name => !benches.includes(name))
if (unknown.length > 0 || wanted.length === 0)
  throw new Error(`Which benchmark? npm run bench -- ${benches.join(' | ')}`)
for (const name of wanted) await import(join(import.meta.dirname, `${name}.ts`))
