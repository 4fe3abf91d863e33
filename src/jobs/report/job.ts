import { defineJob, type JobInHand } from '../../queue/kind.ts'
import { GiveUp } from '../../queue/outcome.ts'
import type { PictureFile } from '../../report/album.ts'
import { reasonOf } from '../../report/limit.ts'
import { renderReport } from '../../report/pdf.ts'
import type { Report } from '../../report/schema.ts'
import { example } from './example.ts'
import { form } from './form.ts'
import { reportMail } from './mail.ts'
import { checkNames, readPictures, withoutPictures } from './picture.ts'
import { ReportOrder } from './schema.ts'
import { checkSource, textIn } from './source.ts'

export const report = defineJob({
  name: 'report',
  title: { ja: '報告書', en: 'Report' },
  summary: {
    ja: 'Markdownの文章から、表紙・目次・脚注のそろったPDFを作成します。',
    en: 'A PDF from Markdown, with cover, contents and footnotes.'
  },
  schema: ReportOrder,
  check: order => [...checkSource(order), ...checkNames(order)],
  lookup: ({ title }) => ({ name: title }),
  form,
  example,

  async perform(order, { storage, mail, job }) {
    const { text, file, ...about } = withoutPictures(order)
    const source = file ? textIn(await storage.read(file.key)) : (text ?? '')
    const pictures = await readPictures(order, storage)
    const { bytes, pages, warnings } = await draw({ ...about, text: source }, pictures, job)
    job.progress(80)
    const name = { name: fileName(about.title), type: 'application/pdf' }
    const stored = await storage.put(`report/${job.id}.pdf`, bytes, name)
    await mail.send(reportMail(about, pages, job))
    return { file: stored, warnings }
  }
})

/** What is refused once is refused always: there is no second attempt. */
async function draw(report: Report, pictures: PictureFile[], job: JobInHand) {
  const { language, createdAt, signal } = job
  const progress = (percent: number) => job.progress(percent * 0.8)
  try {
    return await renderReport(report, { language, createdAt, pictures, signal, progress })
  } catch (error) {
    const reason = reasonOf(error)
    throw reason ? new GiveUp(reason[language], { cause: error }) : error
  }
}

/** The title, as far as it fits, without what file systems don't take. */
function fileName(title: string) {
  const words = [...title.replace(/[\\/:*?"<>|]+/g, '_')].slice(0, 80).join('')
  return `${words.trim().replace(/^\.+|\.+$/g, '') || '報告書'}.pdf`
}
