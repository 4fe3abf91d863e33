import type { Fields, Kind, Problem } from '../queue/kind.ts'
import type { Storage } from '../storage.ts'
import { store } from '../store-upload.ts'
import { judge, tooLarge, withUpload } from '../upload.ts'
import type { SentFile } from './multipart.ts'

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
