import { renderInvoice } from '../../invoice/pdf.ts'
import { readPictures } from '../../invoice/picture-upload.ts'
import { checkInvoice } from '../../invoice/rules.ts'
import type { Invoice } from '../../invoice/schema.ts'
import { defineJob } from '../../queue/kind.ts'
import { example } from './example.ts'
import { form } from './form.ts'
import { invoiceMail } from './mail.ts'
import { InvoiceOrder, withoutPictures } from './schema.ts'

export const invoice = defineJob({
  name: 'invoice',
  title: { ja: '請求書', en: 'Invoice' },
  summary: {
    ja: '適格請求書（インボイス制度対応）のPDFを作成します。',
    en: 'A qualified Japanese invoice as PDF, with tax per rate.'
  },
  schema: InvoiceOrder,
  check: order => checkInvoice(withoutPictures(order)),
  lookup: ({ number, recipient }) => ({ number, name: recipient.name }),
  form,
  example,

  async perform(order, { storage, mail, job }) {
    const invoice = { ...withoutPictures(order), ...(await readPictures(order, storage)) }
    const { bytes, warnings } = await renderInvoice(invoice, job)
    job.progress(80)
    const about = { name: fileName(invoice), type: 'application/pdf' }
    const file = await storage.put(`invoice/${job.id}.pdf`, bytes, about)
    await mail.send(invoiceMail(invoice, job))
    return { file, warnings }
  }
})

/** `請求書_2026-001.pdf`, without what file systems don't take. */
function fileName({ number }: Invoice) {
  return `請求書_${number.replace(/[\\/:*?"<>|]+/g, '_')}.pdf`
}
