import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger'
import { components } from './schema.ts'

const description = `Slow jobs, ordered in JSON: what is recorded is done, and never twice. Every request carries a key. \
Schemas show orders as they are kept; what comes is tidied first, as in the forms: full-width digits, blanks and \
numbers as text are understood. Every error is a sentence that says what to do.`

/** The head of the document; its operations come from the routes. */
export function documentOptions(): FastifyDynamicSwaggerOptions {
  return {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Beanline', version: '1', description },
      servers: [{ url: '/', description: 'Where this document comes from.' }],
      tags: [
        { name: 'Orders', description: 'What can be ordered, and how.' },
        { name: 'Jobs', description: 'What became of it.' },
        { name: 'Webhooks', description: 'Who is told what became of it.' }
      ],
      components: {
        schemas: components as never,
        securitySchemes: {
          key: {
            type: 'http',
            scheme: 'bearer',
            description:
              'A key of the operator (npm run keys). Scopes: orders:write, jobs:read, jobs:act, webhooks.'
          }
        }
      }
    }
  }
}
