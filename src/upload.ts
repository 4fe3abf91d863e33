import Type, { type Static } from 'typebox'
import { type Html, html } from './html.ts'
import type { Sentence } from './language.ts'
import type { Fields, FileRule } from './queue/kind.ts'

/** 128 bits that only who sent the file, and whom it was given to, can know. */
const keyForm = '^uploads/[0-9a-f]{32}$'

/** As large as the API takes it. */
const anyFile: FileRule = { most: 10_000_000, accept: '' }

/**
 * A file that a person has sent, as a payload carries it: its content is in the storage. The rule is for kinds
 * without a form of their own.
 */
export function upload(label: Sentence, rule: FileRule = anyFile) {
  const properties = {
    key: Type.String({ pattern: keyForm, maxLength: 40, says: gone }),
    name: Type.String({ minLength: 1, maxLength: 255 }),
    bytes: Type.Integer({ minimum: 1 })
  }
  return Type.Object(properties, { additionalProperties: false, label, asks, file: rule })
}
export type Upload = Static<ReturnType<typeof upload>>

/** The keys of the uploads in a payload as JSON. */
export function uploadsIn(payload: string): string[] {
  return payload.match(/(?<=")uploads\/[0-9a-f]{32}(?=")/g) ?? []
}

/** The upload among the fields of a form; nothing if none was sent. */
export function uploadIn(values: Fields, name: string): Record<string, string> | undefined {
  const [key, file, bytes] = partsOf(name).map(part => values[part])
  return key && file && bytes ? { key, name: file, bytes } : undefined
}

/** The fields of a form with an upload in place of an earlier one, or without any. */
export function withUpload(values: Fields, name: string, upload?: Upload): Fields {
  const others = Object.entries(values).filter(([field]) => !partsOf(name).includes(field))
  const { key = '', name: file = '', bytes = 0 } = upload ?? {}
  const parts = [key, file, String(bytes)].map((value, index) => [partsOf(name)[index], value])
  return Object.fromEntries(upload ? [...others, ...parts] : others)
}

function partsOf(name: string) {
  return [`${name}.key`, `${name}.name`, `${name}.bytes`]
}

/** The upload carried along in the form, so that no error loses it. */
export function keptUpload(values: Fields, name: string): Html {
  return html`${partsOf(name).map(part => html`<input type="hidden" name="${part}" value="${values[part] ?? ''}">`)}`
}

/** What is wrong with the content of a file. */
export function judge({ most, check }: FileRule, bytes: Uint8Array): Sentence | undefined {
  if (bytes.length > most) return tooLarge(most)
  return bytes.length === 0 ? empty : check?.(bytes)
}

export function tooLarge(most: number): Sentence {
  return {
    ja: `ファイルが大きすぎます。${sizeText(most)}以内のファイルを選んでください。`,
    en: `This file is too large. Choose one of at most ${sizeText(most)}.`
  }
}

/** `3.5 MB`, `12 KB`. */
export function sizeText(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.ceil(bytes / 1000)} KB`
  return `${Number((bytes / 1_000_000).toFixed(1))} MB`
}

const asks: Sentence = { ja: 'ファイルを選んでください。', en: 'Choose a file.' }

const empty: Sentence = {
  ja: 'このファイルは空です。別のファイルを選んでください。',
  en: 'This file is empty. Choose another one.'
}

export const gone: Sentence = {
  ja: '送信されたファイルの保管期間が過ぎています。もう一度ファイルを選んでください。',
  en: 'The file that was sent is no longer kept. Choose it again.'
}
