import Type, { type Static } from 'typebox'
import type { Kind, Problem } from '../queue/kind.ts'
import { problemsOf } from '../queue/problem.ts'
import { tidy } from '../queue/tidy.ts'
import { events, type Terms } from '../queue/webhook.ts'
import type { Guard } from './guard.ts'

const Event = Type.String({ enum: [...events] })

/** What an endpoint is made from. */
export const WebhookTerms = Type.Object(
  {
    url: Type.String({
      minLength: 1,
      maxLength: 1000,
      description: 'Where it is told, by HTTPS; a public address.'
    }),
    events: Type.Optional(
      Type.Array(Event, {
        minItems: 1,
        maxItems: events.length,
        description: 'What it is told of; all when left out.'
      })
    ),
    kinds: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 64 }), {
        minItems: 1,
        maxItems: 20,
        description: 'The kinds of job that it is told of; all when left out.'
      })
    )
  },
  { additionalProperties: false }
)

/** Cleans and checks what somebody asks for, by form or API. */
export function readTerms(
  guard: Guard,
  kinds: Kind[],
  input: unknown
): { terms: Terms } | { problems: Problem[] } {
  const asked = tidy(WebhookTerms, input)
  const problems = problemsOf(WebhookTerms, asked)
  if (problems.length > 0) return { problems }
  const { url, ...wanted } = asked as Static<typeof WebhookTerms>
  const complaint = guard.complain(url)
  if (complaint) problems.push({ path: 'url', sentence: complaint })
  const unknown = (wanted.kinds ?? []).filter(name => !kinds.some(kind => kind.name === name))
  if (unknown.length > 0) problems.push({ path: 'kinds', sentence: noKind(unknown[0] as string) })
  if (problems.length > 0) return { problems }
  const chosen = events.filter(event => wanted.events?.includes(event) ?? true)
  const some = wanted.kinds ? [...new Set(wanted.kinds)] : null
  return { terms: { url: new URL(url).href, events: chosen, kinds: some } }
}

const noKind = (name: string) => ({
  ja: `「${name}」という種類はありません。`,
  en: `There is no kind "${name}".`
})
