import { speak } from '../../language.ts'
import type { Message } from '../../mail.ts'
import type { JobInHand } from '../../queue/kind.ts'
import { readyMail } from '../../ready-mail.ts'
import type { ReportOrder } from './schema.ts'

type Order = Pick<JobInHand, 'email' | 'language' | 'url'>

/** Tells the person that the report is ready. */
export function reportMail(
  { title }: Pick<ReportOrder, 'title'>,
  pages: number,
  order: Order
): Message {
  const t = speak(order.language)
  const subject = t(`報告書「${title}」ができました`, `Your report “${title}” is ready`)
  const greeting = t(
    '報告書ができました。次のページからダウンロードできます。',
    'Your report is ready. Download it from this page:'
  )
  const facts: [string, string][] = [
    [t('タイトル', 'Title'), title],
    [t('ページ数', 'Pages'), String(pages)]
  ]
  return readyMail(
    { subject, greeting, button: t('報告書を開く', 'Open the report'), facts },
    order
  )
}
