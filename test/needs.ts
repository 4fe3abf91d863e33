import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** The Debian package of each program that some tests need. */
const packages: Record<string, string> = {
  chromium: 'chromium',
  mariadbd: 'mariadb-server',
  nginx: 'nginx-light',
  pdffonts: 'poppler-utils',
  pdftoppm: 'poppler-utils',
  pdftotext: 'poppler-utils',
  qpdf: 'qpdf',
  unzip: 'unzip'
}

/** Where a program is, or nothing if it is not installed. */
export function programPath(name: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin']
  return folders.map(folder => join(folder, name)).find(path => existsSync(path))
}

/**
 * For the option `skip` of a test: false when all programs are there, else why it is skipped.
 * Under `REQUIRE_ALL=1` a missing program throws, so that nothing is skipped unseen.
 */
export function needs(...programs: string[]): false | string {
  const missing = programs.filter(name => !programPath(name))
  if (missing.length === 0) return false
  const names = [...new Set(missing.map(name => packages[name] ?? name))].join(' ')
  const reason = `needs ${missing.join(', ')}: apt-get install ${names}`
  if (process.env['REQUIRE_ALL'] === '1') throw new Error(`A test ${reason}`)
  return reason
}
