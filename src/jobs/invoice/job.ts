import { renderInvoice } from '../../invoice/pdf.ts'
import { toDataUrl } from '../../invoice/picture.ts'
import { checkInvoice } from '../../invoice/rules.ts'
import type { Invoice } from '../../invoice/schema.ts'
import { defineJob, type Uploads } from '../../queue/kind.ts'
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
  form,

  async perform(order, { storage, mail, job }) {
    const invoice = await withPictures(order, storage)
    const { bytes, warnings } = await renderInvoice(invoice, job)
    job.progress(80)
    const about = { name: fileName(invoice), type: 'application/pdf' }
    const file = await storage.put(`invoice/${job.id}.pdf`, bytes, about)
    await mail.send(invoiceMail(invoice, job))
    return { file, warnings }
  }
})

/** The invoice to draw, with the pictures that its order only names. */
async function withPictures(order: InvoiceOrder, uploads: Uploads): Promise<Invoice> {
  const invoice = withoutPictures(order)
  for (const name of ['logo', 'seal'] as const) {
    const file = order[name]
    if (file) invoice[name] = toDataUrl(await uploads.read(file.key))
  }
  return invoice
}

/** `請求書_2026-001.pdf`, without what file systems don't take. */
function fileName({ number }: Invoice) {
  return `請求書_${number.replace(/[\\/:*?"<>|]+/g, '_')}.pdf`
}
