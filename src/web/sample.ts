import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Html, html } from '../html.ts'
import { type Language, speak } from '../language.ts'
import type { Kind } from '../queue/kind.ts'

const folder = join(import.meta.dirname, 'assets')

/** A picture of what comes out: of the kind's own sample in assets/samples, or of a sheet of paper. */
export function samplePicture({ name, title }: Kind, language: Language): Html {
  const own = `samples/${name}.png`
  const source = existsSync(join(folder, own)) ? own : 'sheet.svg'
  const text = speak(language)(`${title.ja}の見本`, `A sample: ${title.en}`)
  return html`<img class="sample" src="/assets/${source}" width="364" height="515" alt="${text}">`
}
