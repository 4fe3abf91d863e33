import { createHmac, randomBytes } from 'node:crypto'
import type { Kind } from './queue/kind.ts'
import type { Storage } from './storage.ts'
import { cleanText } from './text.ts'
import type { Upload } from './upload.ts'

/**
 * Stores a file that somebody has sent, under a key that nobody can guess. With a `secret` of the sender,
 * the same file gets the same key again, so that an order that is sent twice is one order.
 */
export async function store(
  storage: Pick<Storage, 'put'>,
  file: { name: string; bytes: Buffer },
  secret = randomBytes(16).toString('hex')
): Promise<Upload> {
  const token = createHmac('sha256', secret).update(file.bytes).digest('hex').slice(0, 32)
  const about = { name: nameOf(file), type: 'application/octet-stream' }
  return await storage.put(`uploads/${token}`, file.bytes, about)
}

/** A small file may be in the order itself: `{ "name": "orders.csv", "text": … }` or `"base64": …`. */
export async function storeInline(
  storage: Storage,
  kind: Kind,
  body: Record<string, unknown>,
  secret: string
) {
  const order = { ...body }
  for (const path of Object.keys(kind.form.files ?? {})) {
    const file = inlineFile(order[path])
    if (file) order[path] = await store(storage, file, secret)
  }
  return order
}

function inlineFile(value: unknown) {
  if (typeof value !== 'object' || value === null) return undefined
  const { name, text, base64 } = value as Record<string, unknown>
  if (typeof text === 'string') return { name: String(name ?? ''), bytes: Buffer.from(text) }
  if (typeof base64 !== 'string') return undefined
  return { name: String(name ?? ''), bytes: Buffer.from(base64, 'base64') }
}

/** Some browsers send the folders, too. */
function nameOf({ name }: { name: string }) {
  const last = cleanText(name).split(/[\\/]/).at(-1) ?? ''
  return last.toWellFormed().slice(0, 255) || 'file'
}
