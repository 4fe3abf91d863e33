import { placeOf } from '../../../label.ts'
import type { Sentence } from '../../../language.ts'
import type { Fields, Kind, Problem, Uploads } from '../../../queue/kind.ts'
import { type Order, readOrder } from '../../../queue/order.ts'

/** What the fields of the page mean, or what is wrong with them; a part of the payload is named by its place in it. */
export async function readEdited(
  kind: Kind,
  { payload = '', email, language }: Fields,
  uploads: Uploads
): Promise<{ order: Order } | { problems: Problem[] }> {
  const parsed = parse(payload)
  if ('problem' in parsed) return { problems: [parsed.problem] }
  const reading = await readOrder(kind, { ...parsed.value, email, language }, uploads)
  if ('order' in reading) return reading
  return { problems: reading.problems.map(problem => placed(kind, problem)) }
}

function parse(text: string): { value: object } | { problem: Problem } {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { value }
    return { problem: { path: 'payload', sentence: noObject } }
  } catch (error) {
    return { problem: { path: 'payload', sentence: noJson((error as Error).message) } }
  }
}

const noObject: Sentence = {
  ja: '内容は { で始まり } で終わるJSONにしてください。',
  en: 'The payload must be JSON that begins with { and ends with }.'
}

const noJson = (reason: string): Sentence => ({
  ja: `JSONとして読めません。カンマ・引用符・括弧を確かめてください（${reason}）。`,
  en: `This is no JSON: see its commas, quotation marks and brackets (${reason}).`
})

function placed({ schema }: Kind, { path, sentence }: Problem): Problem {
  if (path === 'email' || path === 'language') return { path, sentence }
  const [ja, en] = [placeOf(schema, path, 'ja'), placeOf(schema, path, 'en')]
  return {
    path: 'payload',
    sentence: {
      ja: `${ja ? `${ja}（${path}）` : path}：${sentence.ja}`,
      en: `${en ? `${en} (${path})` : path}: ${sentence.en}`
    }
  }
}
