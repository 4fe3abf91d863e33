import Type from 'typebox'

/** Schemas that the documentation names; what is answered is checked against them by tests only. */
const nullable = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([schema, Type.Null()])
const time = (description: string) =>
  nullable(Type.String({ format: 'date-time', description: `${description}, in UTC.` }))

export const State = Type.String({
  enum: ['waiting', 'running', 'retrying', 'finished', 'failed', 'discarded', 'cancelled']
})

const token = Type.String({
  pattern: '^[0-9a-f]{32}$',
  description: 'Opens the page of the person, too: keep it as you keep a key.'
})

const JobFile = Type.Object({
  name: Type.String(),
  bytes: Type.Integer(),
  sha256: nullable(Type.String()),
  url: nullable(
    Type.String({ description: 'Where it can be downloaded without a key; null once it expired.' })
  )
})

const Job = Type.Object({
  id: Type.Integer(),
  token,
  kind: Type.String(),
  state: State,
  progress: Type.Integer({ minimum: 0, maximum: 100 }),
  attempts: Type.Integer({ description: 'How often the work has begun.' }),
  error: nullable(Type.String({ description: 'Why the last attempt failed.' })),
  warnings: Type.Array(Type.String(), { description: 'Sentences for the person.' }),
  file: nullable(JobFile),
  files: Type.Optional(
    Type.Array(JobFile, { description: 'All of them, when there are more than one.' })
  ),
  url: Type.String({ description: 'The page of the person; it needs no key.' }),
  sqsMessageId: nullable(Type.String({ description: 'The message that carries the job.' })),
  createdAt: Type.String({ format: 'date-time' }),
  startedAt: time('When the last attempt began'),
  finishedAt: time('When it finished, failed or was cancelled')
})

const ref = (name: string) => Type.Unsafe<unknown>({ $ref: `#/components/schemas/${name}` })
const Sentence = Type.Object({ ja: Type.String(), en: Type.String() })

const webhook = {
  id: Type.Integer(),
  url: Type.String(),
  events: Type.Array(Type.String({ enum: ['job.finished', 'job.failed'] })),
  kinds: nullable(Type.Array(Type.String())),
  createdAt: Type.String({ format: 'date-time' }),
  createdBy: Type.String(),
  pausedAt: time('When it was paused: nothing is sent until an operator resumes it'),
  pausedFor: nullable(Type.String({ description: 'Why, where nobody has ordered it.' }))
}

export const components = {
  Job,
  Ordered: Type.Object({ id: Type.Integer(), token, state: State, url: Type.String() }),
  JobList: Type.Object({
    jobs: Type.Array(ref('Job')),
    next: nullable(
      Type.Integer({ description: 'Ask with `before` set to this for the next page.' })
    )
  }),
  Upload: Type.Object({
    key: Type.String({ pattern: '^uploads/[0-9a-f]{32}$' }),
    name: Type.String({ minLength: 1, maxLength: 255 }),
    bytes: Type.Integer({ minimum: 1 })
  }),
  InlineFile: Type.Object(
    {
      name: Type.String(),
      text: Type.Optional(Type.String({ description: 'The content, if it is text,' })),
      base64: Type.Optional(Type.String({ description: 'or in Base64.' }))
    },
    { description: 'A small file in the order itself.' }
  ),
  KindList: Type.Object({
    kinds: Type.Array(
      Type.Object({
        name: Type.String(),
        title: Sentence,
        summary: Sentence,
        schema: Type.Object({}, { description: 'The JSON Schema of an order.' })
      })
    )
  }),
  Webhook: Type.Object(webhook),
  NewWebhook: Type.Object({
    ...webhook,
    secret: Type.String({ description: 'Signs what is sent. It is shown this once.' })
  }),
  WebhookList: Type.Object({ webhooks: Type.Array(ref('Webhook')) }),
  Delivery: Type.Object({
    id: Type.Integer({ description: 'Of the job that is the delivery.' }),
    token,
    state: State,
    webhookId: Type.String({ description: 'Its header `webhook-id`, the same each time.' })
  }),
  Failure: Type.Object({
    error: Type.Object({
      message: Type.String({ description: 'A sentence that says what to do.' }),
      fields: Type.Optional(
        Type.Array(Type.Object({ path: Type.String(), ja: Type.String(), en: Type.String() }), {
          description: 'Each wrong field; `path` is dotted, as in `lines.0.quantity`.'
        })
      )
    })
  })
}
