import { decode } from '../../encoding.ts'
import type { Sentence } from '../../language.ts'
import type { FileRule, Problem } from '../../queue/kind.ts'
import { cleanText } from '../../text.ts'
import type { ReportOrder } from './schema.ts'

/** The file in which the text of a report may come. */
export const markdownFile: FileRule = {
  most: 4_000_000,
  accept: '.md,.markdown,.txt,text/markdown,text/plain',
  check: bytes => (textIn(bytes) ? undefined : noText)
}

/** The text of a file, cleaned as all text from outside is; empty if there is none. */
export function textIn(bytes: Uint8Array): string {
  return cleanText(decode(bytes) ?? '', { multiline: true, indented: true })
}

/** The text comes from one of the two, so that none is passed over without a word. */
export function checkSource({ text, file }: ReportOrder): Problem[] {
  if (text && file) return [{ path: 'file', sentence: twice }]
  return text || file ? [] : [{ path: 'text', sentence: missing }]
}

const noText: Sentence = {
  ja: '文字のファイルとして読み取れません。文字コードをUTF-8にして保存し直してください。',
  en: 'This can’t be read as text. Save it again in UTF-8.'
}

const missing: Sentence = {
  ja: '本文を入力するか、ファイルを選んでください。',
  en: 'Enter the text, or choose a file.'
}

const twice: Sentence = {
  ja: '本文の入力とファイルの両方があります。どちらか一方にしてください。',
  en: 'There is both a text and a file: leave one of them out.'
}
