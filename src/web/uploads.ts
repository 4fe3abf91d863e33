import { createHmac, randomBytes } from 'node:crypto'
import type { Fields, Kind, Problem } from '../queue/kind.ts'
import type { Storage } from '../storage.ts'
import { cleanText } from '../text.ts'
import { judge, tooLarge, type Upload, withUpload } from '../upload.ts'
import type { SentFile } from './multipart.ts'

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

/** Stores the files that came with a form, whose fields then say where they are. */
export async function storeAll(
  storage: Pick<Storage, 'put'>,
  kind: Kind,
  typed: Fields,
  files: Map<string, SentFile>
) {
  const problems: Problem[] = []
  let fields = typed
  for (const [path, rule] of Object.entries(kind.form.files ?? {})) {
    if (fields[`${path}.drop`]) fields = withUpload(fields, path)
    const file = files.get(path)
    if (!file) continue
    const sentence = file.isCut ? tooLarge(rule.most) : judge(rule, file.bytes)
    if (sentence) problems.push({ path, sentence })
    else
      fields = withUpload(
        fields,
        path,
        await store(storage, file, fields['submission'] || undefined)
      )
  }
  return { fields, problems }
}

/** Some browsers send the folders, too. */
function nameOf({ name }: { name: string }) {
  const last = cleanText(name).split(/[\\/]/).at(-1) ?? ''
  return last.toWellFormed().slice(0, 255) || 'file'
}
