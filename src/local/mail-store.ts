import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** A mail that the stand-in took; the newest comes first in every list. */
export type StoredMail = {
  id: string
  from: string
  to: string[]
  cc: string[]
  bcc: string[]
  replyTo: string[]
  subject: string
  text: string
  html: string
  sentAt: string
}

export type MailStore = ReturnType<typeof openMailStore>

/** Keeps mails in memory and, with a file, a line of JSON for each, so that they outlive the process. */
export function openMailStore(file?: string) {
  const mails = file ? load(file) : []
  return {
    add(mail: StoredMail) {
      mails.unshift(mail)
      if (file) appendFileSync(file, `${JSON.stringify(mail)}\n`)
    },
    all: () => [...mails],
    find: (id: string) => mails.find(mail => mail.id === id),
    clear() {
      mails.length = 0
      if (file) writeFileSync(file, '')
    }
  }
}

function load(file: string): StoredMail[] {
  mkdirSync(dirname(file), { recursive: true })
  if (!existsSync(file)) return []
  const text = readFileSync(file, 'utf8')
  // A process that was killed while it wrote leaves a torn line, which the next one must not continue.
  if (text !== '' && !text.endsWith('\n')) appendFileSync(file, '\n')
  return text.split('\n').flatMap(parse).reverse()
}

function parse(line: string): StoredMail[] {
  try {
    return [JSON.parse(line)]
  } catch {
    return []
  }
}
