import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(import.meta.dirname, '..')

/** Installs the other makers of PDFs the first time; they are large, and nothing else needs them. */
export function installPeers() {
  if (existsSync(join(folder, 'node_modules', 'pdfmake'))) return
  process.stderr.write('… the other makers of PDFs are installed in bench/ (100 MB, once)\n')
  const options = ['ci', '--ignore-scripts', '--no-audit', '--no-fund']
  execFileSync('npm', options, { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] })
}

/** A package of those; types are not installed for everyone, so there are none. */
// biome-ignore lint/suspicious/noExplicitAny: see above
export async function load(name: string): Promise<any> {
  return await import(name)
}
