import { Zip, ZipPassThrough } from 'fflate'

/** Without Zip64, which older programs can't read. */
const mostBytes = 2 ** 32 - 2 ** 26

/** Info-ZIP's unzip takes names from elsewhere for those of DOS, whatever their flag says. */
const unix = 3
const ordinaryFile = 0o100644 << 16

/**
 * A ZIP archive in pieces, as the files come. They are stored as they are, for a PDF is compressed already.
 * Throws when it becomes larger than 4 GB.
 */
export async function* zipOf(
  files: AsyncIterable<{ name: string; bytes: Uint8Array }>,
  createdAt: Date
): AsyncGenerator<Uint8Array> {
  const pieces: Uint8Array[] = []
  const zip = new Zip((error, piece) => {
    if (error) throw error
    pieces.push(piece)
  })
  let total = 0
  for await (const { name, bytes } of files) {
    total += bytes.length
    if (total > mostBytes) throw new Error('The ZIP would be larger than 4 GB: split the CSV file.')
    const entry = new ZipPassThrough(name)
    Object.assign(entry, { mtime: createdAt, os: unix, attrs: ordinaryFile })
    zip.add(entry)
    entry.push(bytes, true)
    yield* pieces.splice(0)
  }
  zip.end()
  yield* pieces.splice(0)
}
