import { totalsOf, yen } from '../../invoice/amounts.ts'
import type { Invoice } from '../../invoice/schema.ts'
import { speak } from '../../language.ts'
import type { Message } from '../../mail.ts'
import type { JobInHand } from '../../queue/kind.ts'
import { readyMail } from '../../ready-mail.ts'

type Order = Pick<JobInHand, 'email' | 'language' | 'url'>

/** Tells the person that the invoice is ready. */
export function invoiceMail(invoice: Invoice, order: Order): Message {
  const t = speak(order.language)
  const { number, issuer, recipient } = invoice
  const subject = t(`請求書 ${number} ができました`, `Invoice ${number} is ready`)
  const greeting = t(
    '請求書ができました。次のページからダウンロードできます。',
    'Your invoice is ready. Download it from this page:'
  )
  const facts: [string, string][] = [
    [t('請求書番号', 'Invoice number'), number],
    [t('請求先', 'Bill to'), `${recipient.name} ${recipient.honorific}`],
    [t('発行者', 'From'), issuer.name],
    [t('合計', 'Total'), yen(totalsOf(invoice).total)]
  ]
  return readyMail(
    { subject, greeting, button: t('請求書を開く', 'Open the invoice'), facts },
    order
  )
}
