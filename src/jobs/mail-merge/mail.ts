import { speak } from '../../language.ts'
import type { Message } from '../../mail.ts'
import type { JobInHand } from '../../queue/kind.ts'
import { readyMail } from '../../ready-mail.ts'

type Order = Pick<JobInHand, 'email' | 'language' | 'url'>

/** One mail to the person who ordered, with the link to the job's page; the rows get none. */
export function mergeMail(made: number, skipped: number, order: Order): Message {
  const t = speak(order.language)
  const count = made.toLocaleString('en')
  const isOne = made === 1
  const subject = t(
    `請求書${count}件ができました`,
    isOne ? 'One invoice is ready' : `${count} invoices are ready`
  )
  const greeting = t(
    '請求書ができました。次のページからダウンロードできます。',
    'Your invoices are ready. Download them from this page:'
  )
  const facts: [string, string][] = [[t('作成した件数', 'Made'), count]]
  if (skipped > 0) facts.push([t('とばした行', 'Skipped rows'), skipped.toLocaleString('en')])
  const button = t('請求書を開く', isOne ? 'Open the invoice' : 'Open the invoices')
  return readyMail({ subject, greeting, button, facts }, order)
}
