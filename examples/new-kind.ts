import { cpSync, existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Script } from 'node:vm'

/** `npm run new-kind -- packing-list`: a copy of examples/certificate/ in src/jobs/, and its line in the list. */
const example = join(import.meta.dirname, 'certificate')
const jobs = join(import.meta.dirname, '../src/jobs')
const name = process.argv[2] ?? ''
const folder = join(jobs, name)

if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name))
  fail('Say what the kind is called: npm run new-kind -- packing-list')
if (existsSync(folder)) fail(`src/jobs/${name}/ is there already: choose another name.`)

const camelCase = name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())
const identifier = isTaken(camelCase) ? `${camelCase}Job` : camelCase
cpSync(example, folder, { recursive: true })
for (const file of globSync('*.ts', { cwd: folder })) change(join(folder, file), adapt)
change(join(jobs, 'index.ts'), enlist)
process.stdout.write(`  src/jobs/${name}/      its schema, work, document, test and an order: change them
  src/jobs/index.ts  has its line

npm start, then http://127.0.0.1:3000/new/${name}; the walk is in docs/add-a-job.md.
`)

/** By the language, or by a word of the files that it will stand in: `class`, `order`. */
function isTaken(word: string): boolean {
  const files = [join(jobs, 'index.ts'), ...globSync(join(example, '*.ts'))]
  const words = files.flatMap(file => readFileSync(file, 'utf8').split(/\W+/))
  return isReserved(word) || (word !== 'certificate' && words.includes(word))
}

function isReserved(word: string): boolean {
  try {
    return !new Script(`'use strict'; async () => { const ${word} = 0 }`)
  } catch {
    return true
  }
}

function adapt(source: string): string {
  return source
    .replaceAll("'../../src/", "'../../")
    .replaceAll("'../../test/", "'../../../test/")
    .replace(/(?<=const |\{ |\(t, )certificate\b/g, identifier)
    .replace(/(?<=['`])certificate(?=['/])/g, name)
}

function enlist(source: string): string {
  const own = `import { ${identifier} } from './${name}/job.ts'`
  const isKind = (line: string) => line.startsWith('import ') && line.includes("from './")
  const lines = source.split('\n')
  const first = lines.findIndex(isKind)
  const imports = [...lines.filter(isKind), own].sort((a, b) => pathIn(a).localeCompare(pathIn(b)))
  lines.splice(first, imports.length - 1, ...imports)
  return lines
    .join('\n')
    .replace(/(?<=export const kinds: Kind\[\] = \[[^\]]*)(?=\])/, `, ${identifier}`)
}

function pathIn(line: string): string {
  return line.split("'")[1] ?? ''
}

function change(path: string, how: (source: string) => string) {
  writeFileSync(path, how(readFileSync(path, 'utf8')))
}

function fail(reason: string): never {
  process.stderr.write(`${reason}\n`)
  process.exit(1)
}
