import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** In this order: of two rules of the same weight, the later one wins. */
const names = [
  'beanline.css',
  'form.css',
  'job.css',
  'timeline.css',
  'api.css',
  'door.css',
  'field.css',
  'person.css',
  'overview.css',
  'chart.css',
  'jobs.css',
  'periodic.css',
  'deliveries.css',
  'dead-letters.css',
  'mails.css'
]

const sheets = names.map(name =>
  readFileSync(join(import.meta.dirname, 'web/assets', name), 'utf8')
)

/** All style sheets as one, so that a page waits for one answer. */
export const stylesheet = sheets.join('\n')

/** By its content: a browser keeps it for good, and asks for another after a deploy. */
export const stylesheetVersion = createHash('sha256').update(stylesheet).digest('hex').slice(0, 12)
