import { createHash } from 'node:crypto'
import Type, { type Static } from 'typebox'
import { gone, judge, type Upload } from '../upload.ts'
import type { FileRule, Kind, Problem, Uploads } from './kind.ts'
import { GiveUp } from './outcome.ts'
import { problemsOf } from './problem.ts'
import { type SearchKeys, searchKeys } from './search-key.ts'
import { tidy } from './tidy.ts'

/** What a person or a program asks for, checked and ready to be recorded. */
export type Order = {
  kind: string
  payload: string
  payload_hash: string
  email: string
  language: 'ja' | 'en'
} & Partial<SearchKeys>

/** Where the mail goes and in which language; every kind has these beside its own payload. */
export const Delivery = Type.Object({
  email: Type.String({
    pattern: "^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+$",
    maxLength: 254,
    minLength: 1,
    narrow: true,
    says: {
      ja: 'メールアドレスの形で入力してください(例: name@example.jp)。',
      en: 'Enter an email address, such as name@example.jp.'
    }
  }),
  language: Type.Union([Type.Literal('ja'), Type.Literal('en')])
})

/**
 * Cleans and checks an order, whether it came from a form or from the API. `input` is the payload
 * with `email` and `language` beside its fields.
 */
export async function readOrder(kind: Kind, input: unknown, uploads: Uploads): Promise<Reading> {
  const { email, language, ...rest } = isRecord(input) ? input : {}
  const delivery = tidy(Delivery, { email, language })
  const payload = tidy(kind.schema, rest)
  const problems = [...problemsOf(kind.schema, payload), ...problemsOf(Delivery, delivery)]
  if (problems.length === 0) problems.push(...(await checkFiles(kind, payload, uploads)))
  if (problems.length === 0)
    problems.push(...((await kind.check?.(payload as never, uploads)) ?? []))
  if (problems.length > 0) return { problems }
  return { order: toOrder(kind, payload, delivery as Static<typeof Delivery>) }
}

export type Reading = { order: Order } | { problems: Problem[] }

/** What a key leads to is looked at again: it may have come from anywhere, and expires. */
async function checkFiles({ form }: Kind, payload: unknown, uploads: Uploads) {
  const problems: Problem[] = []
  for (const [path, rule] of Object.entries(form.files ?? {})) {
    const upload = (payload as Record<string, Upload | undefined>)[path]
    const sentence = upload && (await complaintAbout(rule, upload, uploads))
    if (sentence) problems.push({ path, sentence })
  }
  return problems
}

async function complaintAbout(rule: FileRule, upload: Upload, uploads: Uploads) {
  try {
    const bytes = await uploads.read(upload.key)
    return bytes.length === upload.bytes ? judge(rule, bytes) : gone
  } catch (error) {
    if (error instanceof GiveUp) return gone
    throw error
  }
}

function toOrder(kind: Kind, payload: unknown, delivery: Static<typeof Delivery>): Order {
  const { name } = kind
  const text = JSON.stringify(payload)
  const { email, language } = delivery
  const hash = createHash('sha256').update(JSON.stringify([name, text, email, language]))
  const keys = searchKeys(kind.lookup?.(payload as never) ?? {})
  return { kind: name, payload: text, payload_hash: hash.digest('hex'), email, language, ...keys }
}

function isRecord(input: unknown): input is Record<string, unknown> {
  return typeof input === 'object' && input !== null && !Array.isArray(input)
}
