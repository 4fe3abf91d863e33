import { join } from 'node:path'
import { installOnce } from '../install.ts'

/** The other makers of PDFs. */
export function installPeers() {
  const what = 'the other makers of PDFs are installed in bench/ (100 MB, once)'
  installOnce(join(import.meta.dirname, '..'), 'pdfmake', what)
}

/** A package of those; types are not installed for everyone, so there are none. */
// biome-ignore lint/suspicious/noExplicitAny: see above
export async function load(name: string): Promise<any> {
  return await import(name)
}
