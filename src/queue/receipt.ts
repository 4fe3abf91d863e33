import { createHash } from 'node:crypto'
import type { Storage, StoredFile } from '../storage.ts'

type Content = Parameters<Storage['put']>[1]

/** What a file is known by: where it is, and the SHA-256 of its bytes. */
export type FileReceipt = Pick<StoredFile, 'key' | 'sha256'>

/** Stores a file, and gives with it the SHA-256 of the bytes that were handed over. */
export async function putWithReceipt(
  put: Storage['put'],
  ...[key, content, about]: Parameters<Storage['put']>
): Promise<StoredFile> {
  const hash = createHash('sha256')
  const stored = await put(
    key,
    passThrough(content, bytes => hash.update(bytes)),
    about
  )
  return { ...stored, sha256: hash.digest('hex') }
}

function passThrough(content: Content, see: (bytes: Uint8Array) => void): Content {
  if (!(content instanceof Uint8Array)) return seen(content, see)
  see(content)
  return content
}

async function* seen(pieces: AsyncIterable<Uint8Array>, see: (bytes: Uint8Array) => void) {
  for await (const piece of pieces) {
    see(piece)
    yield piece
  }
}

/** The keys under which two attempts have stored different bytes. */
export function differing(before: FileReceipt[], after: FileReceipt[]): string[] {
  const earlier = new Map(before.map(({ key, sha256 }) => [key, sha256]))
  return after
    .filter(({ key, sha256 }) => earlier.has(key) && earlier.get(key) !== sha256)
    .map(({ key }) => key)
}
