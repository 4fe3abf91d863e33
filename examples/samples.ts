import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Drawing } from '../src/pdf/pool.ts'
import { programPath } from '../test/needs.ts'
import { samples as characters } from './samples/characters.ts'
import { samples as invoices } from './samples/invoices.ts'
import { samples as merges } from './samples/merges.ts'
import { samples as reports } from './samples/reports.ts'

/** `npm run samples`: documents of each kind to look at, in data/samples/, and pictures of their pages. */
export type Sample = { name: string; draw: () => Promise<Drawing> }

const folder = join(import.meta.dirname, '..', 'data', 'samples')
const drawsPictures = programPath('pdftoppm') !== undefined

rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
for (const { name, draw } of [...invoices, ...reports, ...merges, ...characters]) {
  const { bytes, pages, warnings } = await draw()
  const path = join(folder, `${name}.pdf`)
  writeFileSync(path, bytes)
  if (drawsPictures) execFileSync('pdftoppm', ['-png', '-r', '72', path, join(folder, name)])
  const facts = `${pages} page${pages === 1 ? '' : 's'}, ${Math.ceil(bytes.length / 1000)} KB`
  process.stdout.write(`  ${name}.pdf  ${facts}${warnings.map(text => `\n    ${text}`).join('')}\n`)
}
const pictures = drawsPictures
  ? 'pictures of their pages beside them'
  : 'no pictures: apt-get install poppler-utils'
process.stdout.write(`In data/samples/, ${pictures}.\n`)
