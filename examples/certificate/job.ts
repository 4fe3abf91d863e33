import Type from 'typebox'
import { speak } from '../../src/language.ts'
import { renderDocument } from '../../src/pdf/pool.ts'
import { defineJob } from '../../src/queue/kind.ts'
import { type Ready, readyMail } from '../../src/ready-mail.ts'

const line = (ja: string, en: string) =>
  Type.String({ minLength: 1, maxLength: 40, label: { ja, en } })

const Order = Type.Object(
  {
    name: line('氏名', 'Name'),
    course: line('講座名', 'Course'),
    finishedOn: Type.String({ format: 'date', label: { ja: '修了日', en: 'Finished on' } }),
    issuer: line('発行者', 'Issued by')
  },
  { additionalProperties: false }
)

export const certificate = defineJob({
  name: 'certificate',
  title: { ja: '修了証', en: 'Certificate' },
  summary: { ja: '講座の修了証を作成します。', en: 'A certificate of completion.' },
  schema: Order,

  async perform(order, { storage, mail, job }) {
    const { language, createdAt, signal } = job
    const t = speak(language)
    const drawing = new URL('./pdf.ts', import.meta.url)
    const input = { ...order, language, createdAt }
    const { bytes, warnings } = await renderDocument(drawing, input, { signal })
    const about = { name: t('修了証.pdf', 'certificate.pdf'), type: 'application/pdf' }
    const file = await storage.put(`certificate/${job.id}.pdf`, bytes, about)
    const ready: Ready = {
      subject: t('修了証ができました', 'Your certificate is ready'),
      greeting: t('次のページからダウンロードできます。', 'Download it from this page:'),
      button: t('修了証を開く', 'Open the certificate'),
      facts: [[t('講座名', 'Course'), order.course]]
    }
    await mail.send(readyMail(ready, job))
    return { file, warnings }
  }
})
