import { createHash } from 'node:crypto'

/** What errors of one cause have in common: a sentence without what differs, and a short hash of it and the kind. */
export type Fingerprint = { fingerprint: string; sentence: string }

const mostRead = 1000
const mostKept = 200

/** What differs from one job to the next, and what stands in its place; in this order. */
const varying: [RegExp, string][] = [
  [/\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s"'<>、。」]+/gi, '<url>'],
  [/[\w.!#$%&*+/=?^{|}~-]{1,64}@[\w-]+(?:\.[\w-]+)+/g, '<address>'],
  [/"[^"]*"/g, '"…"'],
  [/“[^”]*”/g, '“…”'],
  [/「[^」]*」/g, '「…」'],
  [/`[^`]*`/g, '`…`'],
  [/(?<!\w)'[^']*'(?!\w)/g, "'…'"],
  [/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, '#'],
  [/\b0x[0-9a-f]+\b/gi, '#'],
  [/\b(?=[a-z]*\d)[0-9a-f]{8,}\b/gi, '#'],
  [/\b(?=[a-z]*\d)[0-9a-z]{16,}\b/gi, '#'],
  [/\d+(?:[.,:]\d+)*/g, '#']
]

/** Of the first line of an error; the stack below it names the place, which a deploy moves. */
export function fingerprintOf(kind: string, error: string | null): Fingerprint {
  const [first = ''] = (error ?? '').slice(0, mostRead).split('\n')
  const plain = varying.reduce((text, [pattern, instead]) => text.replace(pattern, instead), first)
  const sentence = plain.replace(/\s+/g, ' ').trim().slice(0, mostKept).toWellFormed()
  return { fingerprint: hashOf(kind, sentence), sentence }
}

/** The group of the messages that carry no job. */
export const strange: Fingerprint = { fingerprint: hashOf('', ''), sentence: '' }

function hashOf(kind: string, sentence: string) {
  const text = JSON.stringify([kind, sentence])
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}
