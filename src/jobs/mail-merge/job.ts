import { readPictures } from '../../invoice/picture-upload.ts'
import { speak } from '../../language.ts'
import { unprintable } from '../../pdf/unprintable.ts'
import { defineJob, type Tools } from '../../queue/kind.ts'
import { GiveUp } from '../../queue/outcome.ts'
import type { StoredFile } from '../../storage.ts'
import type { Common } from './batch.ts'
import { checkMerge } from './check.ts'
import { example } from './example.ts'
import { form } from './form.ts'
import { mergeMail } from './mail.ts'
import { filesOf, type Merged, merge } from './merge.ts'
import { describe } from './row.ts'
import { MailMerge } from './schema.ts'
import { skippedFile, skippedWarnings } from './skipped.ts'
import { type Row, readTable } from './table.ts'
import { markTwins } from './twin.ts'
import { zipOf } from './zip.ts'

export const mailMerge = defineJob({
  name: 'mail-merge',
  title: { ja: '請求書の一括作成', en: 'Invoices from a CSV file' },
  summary: {
    ja: 'CSVファイルの1行ごとに請求書を作り、1つのPDFにまとめます。',
    en: 'One invoice for each row of a CSV file, in one PDF.'
  },
  schema: MailMerge,
  check: checkMerge,
  lookup: ({ file }) => ({ name: file.name }),
  form,
  example,

  async perform(order, tools) {
    const { storage, mail, job } = tools
    const table = await readTable(await storage.read(order.file.key))
    if ('sentence' in table) throw new GiveUp(table.sentence[job.language])
    const { header } = table
    const rows = await markTwins(order, table)
    const { language, createdAt, signal } = job
    const pictures = await readPictures(order, storage)
    const common = { order, header, pictures, language, createdAt }
    const isBoth = order.output === 'both'
    const steps = { signal, advance: progressOf(job, rows.length, isBoth) }
    const title = titleOf(order, language)
    const merged = await merge({ ...common, title }, rows, steps)
    judge(merged, order, language)
    const more = [
      ...(isBoth ? [await storeZip(common, rows, steps, tools)] : []),
      ...(await storeSkipped(merged, tools))
    ]
    const about = { name: `${title}.pdf`, type: 'application/pdf' }
    const file = await storage.put(`mail-merge/${job.id}.pdf`, merged.bytes, about)
    const skipped = new Set(merged.problems.map(({ row }) => row)).size
    await mail.send(mergeMail(merged.made, skipped, job))
    return { file, more, warnings: warningsOf(merged, language) }
  }
})

function titleOf({ issuedOn }: MailMerge, language: Common['language']) {
  return speak(language)(`請求書_${issuedOn}`, `Invoices_${issuedOn}`)
}

/** The single files are most of the work where they are wanted; putting pages together is the rest. */
function progressOf(job: Tools['job'], rows: number, isBoth: boolean) {
  let done = 0
  let told = 0
  return (count: number) => {
    done += count
    const percent = Math.floor(Math.min(95, (done / (isBoth ? 2 * rows : rows)) * 95))
    if (percent > told) job.progress(percent)
    told = Math.max(told, percent)
  }
}

/** The order was checked before, so this is for orders from before a change of the rules. */
function judge({ made, problems }: Merged, { onErrors }: MailMerge, language: Common['language']) {
  const [first] = problems
  if (first && (made === 0 || onErrors !== 'skip')) throw new GiveUp(describe(first)[language])
}

async function storeZip(
  common: Common,
  rows: Row[],
  steps: Parameters<typeof filesOf>[2],
  { storage, job }: Tools
): Promise<StoredFile> {
  const name = `${titleOf(common.order, common.language)}.zip`
  const pieces = zipOf(filesOf(common, rows, steps), job.createdAt)
  return await storage.put(`mail-merge/${job.id}.zip`, pieces, { name, type: 'application/zip' })
}

async function storeSkipped({ problems }: Merged, { storage, job }: Tools): Promise<StoredFile[]> {
  const bytes = skippedFile(problems, job.language)
  if (!bytes) return []
  const name = speak(job.language)('とばした行.csv', 'Skipped rows.csv')
  return [await storage.put(`mail-merge/${job.id}-skipped.csv`, bytes, { name, type: 'text/csv' })]
}

function warningsOf({ problems, missing }: Merged, language: Common['language']) {
  const warnings = skippedWarnings(problems, language)
  return missing.size > 0 ? [...warnings, unprintable(missing, language)] : warnings
}
