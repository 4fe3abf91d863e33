import Type from 'typebox'
import type { Sentence } from '../../../language.ts'
import type { Kind } from '../../../queue/kind.ts'
import { Delivery } from '../../../queue/order.ts'
import { answers, lacking, secured } from './answer.ts'
import * as example from './example.ts'

type Schema = { [keyword: string]: unknown; properties?: Record<string, Schema> }

/** Keywords that are for forms and for tidying only. */
const ours = ['label', 'says', 'asks', 'narrow', 'multiline', 'indented']
const delivery: Record<string, Sentence> = {
  email: { ja: 'メールアドレス', en: 'Where the link goes' },
  language: { ja: '言語', en: 'Of document and mail; ja when left out' }
}
const file = {
  anyOf: [{ $ref: '#/components/schemas/Upload' }, { $ref: '#/components/schemas/InlineFile' }]
}

/** The JSON Schema of an order: the fields of the kind, with those that say where the mail goes. */
export function orderSchema(kind: Kind): Schema {
  const { properties = {}, required = [], ...rest } = plain(kind.schema as unknown as Schema)
  const files = Object.keys(kind.form.files ?? {}).filter(name => properties[name])
  const fields = Object.fromEntries(
    files.map(name => [name, { ...titled(properties[name]), ...file }])
  )
  const { email, language } = Delivery.properties as unknown as Record<string, Schema>
  const who = {
    email: { ...plain(email), ...named(delivery['email']) },
    language: { ...plain(language), ...named(delivery['language']) }
  }
  return {
    ...rest,
    required: ['email', ...(required as string[])],
    properties: { ...who, ...properties, ...fields }
  }
}

/** `POST /api/jobs/:kind` of one kind. */
export function orderOperation(kind: Kind) {
  const email = 'keiri@example.jp'
  const examples = kind.example ? [{ email, ...kind.example }] : undefined
  const schema = { ...orderSchema(kind), ...(examples && { examples }) }
  return {
    operationId: `order-${kind.name}`.replace(/-+(.)/g, (_, letter) => letter.toUpperCase()),
    tags: ['Orders'],
    security: secured('orders:write'),
    summary: `Order: ${kind.title.en}`,
    'x-ja': `${kind.title.ja}の注文`,
    description: kind.summary.en,
    headers: Type.Object({
      'Idempotency-Key': Type.Optional(
        Type.String({ description: 'The same key with the same order gives the same job again.' })
      )
    }),
    body: { content: { 'application/json': { schema } } },
    response: answers(202, 'The job is recorded and will be done.', 'Ordered', example.ordered, {
      400: "Body is not valid JSON but content-type is set to 'application/json'",
      403: lacking('orders:write'),
      409: 'This Idempotency-Key was used for another order; use a new key for a new order.',
      413: 'Request body is too large',
      415: 'Send the order as JSON, with the header "Content-Type: application/json".',
      422: example.wrongField
    })
  }
}

/** Without what is ours alone; choices as an enum, and what people call a field as its title. */
function plain(schema: Schema = {}): Schema {
  const { properties, items, anyOf, label, says, ...rest } = schema
  const kept = Object.entries(rest).filter(([keyword]) => !ours.includes(keyword))
  const choices = (anyOf as { const?: unknown; type?: string }[] | undefined) ?? []
  const parts = Object.entries(properties ?? {}).map(([name, part]) => [name, plain(part)])
  return {
    ...named(label as Sentence | undefined),
    ...(says ? { description: (says as Sentence).en } : {}),
    ...Object.fromEntries(kept),
    ...(choices.length > 0 && { type: choices[0]?.type, enum: choices.map(one => one.const) }),
    ...(properties && { properties: Object.fromEntries(parts) }),
    ...(items ? { items: plain(items as Schema) } : {})
  }
}

function named(label: Sentence | undefined) {
  return label ? { title: label.en, 'x-ja': label.ja } : {}
}

function titled({ title, 'x-ja': ja }: Schema = {}) {
  return { title, 'x-ja': ja }
}
