import { speak } from '../../language.ts'
import type { Message } from '../../mail.ts'
import type { JobInHand } from '../../queue/kind.ts'
import { readyMail } from '../../ready-mail.ts'

type Order = Pick<JobInHand, 'email' | 'language' | 'url'>

/** One mail to the person who ordered, with the link to the job's page; the rows get none. */
export function mergeMail(made: number, skipped: number, order: Order): Message {
  const t = speak(order.language)
  const subject = t(`請求書 ${made}件 ができました`, `${made} invoices are ready`)
  const greeting = t(
    '請求書ができました。次のページからダウンロードできます。',
    'Your invoices are ready. Download them from this page:'
  )
  const facts: [string, string][] = [[t('作成した件数', 'Made'), String(made)]]
  if (skipped > 0) facts.push([t('とばした行', 'Skipped rows'), String(skipped)])
  const button = t('請求書を開く', 'Open the invoices')
  return readyMail({ subject, greeting, button, facts }, order)
}
