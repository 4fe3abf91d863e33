/** An OpenAPI document as far as our own has it. */
export type Document = { paths: Record<string, Record<string, Operation>> }

export type Operation = {
  operationId: string
  tags: string[]
  summary: string
  'x-ja': string
  description?: string
  security: Record<string, string[]>[]
  parameters?: Parameter[]
  requestBody?: { content: Record<string, Media> }
  responses: Record<string, { description: string; content: Record<string, Media> }>
}

type Parameter = {
  name: string
  in: string
  required?: boolean
  description?: string
  schema: Schema
}
export type Media = { schema: Schema; example?: unknown }

export type Schema = {
  title?: string
  'x-ja'?: string
  description?: string
  type?: string
  enum?: unknown[]
  anyOf?: Schema[]
  $ref?: string
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  minimum?: number
  maximum?: number
  maxLength?: number
  maxItems?: number
  pattern?: string
  format?: string
  examples?: unknown[]
}
