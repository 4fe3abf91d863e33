import { openImage } from './image/image.ts'
import type { About } from './metadata.ts'
import { join, type Part } from './part.ts'
import { type Drawing, renderDocument } from './pool.ts'

type Input = { about: About; parts: Part[]; pictures: Uint8Array[] }

/**
 * Puts parts together in a thread. Their bytes are handed over, so they can be used only once. `pictures`
 * are the files of those that each part has, in the order in which it drew them.
 */
export function joinParts(
  { about, parts, pictures }: Input,
  signal?: AbortSignal
): Promise<Drawing> {
  const transfer = parts.map(({ bytes }) => bytes.buffer as ArrayBuffer)
  const input: Input = { about, parts, pictures }
  return renderDocument(new URL(import.meta.url), input, {
    transfer,
    timeoutSeconds: 120,
    ...(signal && { signal })
  })
}

/** What the thread calls. */
export async function draw({ about, parts, pictures }: Input): Promise<Drawing> {
  const pages = parts.reduce((sum, part) => sum + part.pages.length, 0)
  const images = pictures.map(bytes => openImage(bytes))
  return { bytes: join(about, parts, images), pages, warnings: [] }
}
