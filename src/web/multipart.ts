import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Fields, FileRule, Kind } from '../queue/kind.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The files that came with a form, by the names of their fields. */
    sentFiles: Map<string, SentFile>
  }
}

export type SentFile = { name: string; bytes: Buffer; isCut: boolean }

/** All text fields of a form together, in bytes: what the body of a form without files may have. */
const mostText = 1_048_576

/** Twice as many as an invoice of 200 lines has. */
const mostFields = 2000

const limits = { fields: mostFields, fieldNameSize: 100, fieldSize: mostText }

/**
 * Reads forms that carry files, for kinds that have a field for one; for others, such a form is answered
 * with 415. Text ends up in `body` as if no file were there, before the rate limits look at it.
 */
export async function takeFiles(
  app: FastifyInstance,
  kindOf: (request: FastifyRequest) => Kind | undefined
) {
  await app.register(multipart, { throwFileSizeLimit: false, limits })
  app.decorateRequest('sentFiles')
  app.addHook('preValidation', async request => {
    request.sentFiles = new Map()
    if (!request.isMultipart()) return checkCount(request)
    const rules = kindOf(request)?.form.files
    if (!rules) throw failure(415, 'This form takes no files.')
    request.body = await readParts(request, rules).catch(error => {
      // What the parser stumbles over has no status, and is the sender's doing.
      throw error.statusCode ? error : failure(400, `The form can't be read: ${error.message}`)
    })
  })
}

/** The parser of forms without files has no limit of its own. */
function checkCount({ body }: FastifyRequest) {
  if (Object.keys(body ?? {}).length > mostFields)
    throw failure(413, 'The form has too many fields.')
}

async function readParts(request: FastifyRequest, rules: Record<string, FileRule>) {
  const fields: Fields = {}
  let text = 0
  const files = Object.keys(rules).length
  const fileSize = Math.max(...Object.values(rules).map(rule => rule.most))
  for await (const part of request.parts({ limits: { ...limits, files, fileSize } })) {
    if (part.type === 'file') {
      const bytes = Object.hasOwn(rules, part.fieldname) ? await part.toBuffer() : undefined
      part.file.resume()
      // A field in which no file was chosen comes without a name.
      if (bytes && part.filename)
        request.sentFiles.set(part.fieldname, {
          name: part.filename,
          bytes,
          isCut: part.file.truncated
        })
      continue
    }
    fields[part.fieldname] = String(part.value)
    text += part.fieldname.length + Buffer.byteLength(fields[part.fieldname] as string)
    if (text > mostText) throw failure(413, 'The form has too much text.')
  }
  return fields
}

function failure(statusCode: number, message: string) {
  return Object.assign(new Error(message), { statusCode })
}
