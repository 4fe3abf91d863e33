import Type from 'typebox'
import { html } from '../../html.ts'
import { speak } from '../../language.ts'
import type { Message } from '../../mail.ts'
import { defineJob, type JobInHand } from '../../queue/kind.ts'
import { readyMail } from '../../ready-mail.ts'

const MailAgain = Type.Object({
  /** Of the job whose page the mail leads to. */
  token: Type.String({ pattern: '^[0-9a-f]{32}$' }),
  /** The name of its file. */
  name: Type.String({ minLength: 1, maxLength: 255 }),
  /** Until when that can be fetched, as people read it. */
  until: Type.String({ minLength: 1, maxLength: 40 })
})

type MailAgain = Type.Static<typeof MailAgain>

/** Sends the link to a finished job again. Not ordered by form or API, but from the page of that job. */
export const mailAgain = defineJob({
  name: 'mail-again',
  title: { ja: 'メールの再送', en: 'Mail sent again' },
  summary: { ja: 'できあがった書類のリンクをもう一度送ります。', en: 'Sends a link once more.' },
  schema: MailAgain,
  form: { fields: () => html``, read: values => values },

  async perform(again, { mail, job }) {
    await mail.send(mailFor(again, job))
    return {}
  }
})

function mailFor({ token, name, until }: MailAgain, order: JobInHand): Message {
  const t = speak(order.language)
  const facts: [string, string][] = [
    [t('ファイル', 'File'), name],
    [t('ダウンロード期限', 'Available until'), until]
  ]
  const greeting = t(
    'ご依頼により、書類のリンクをもう一度お送りします。次のページからダウンロードできます。',
    'As you asked, here is the link to your document again. Download it from this page:'
  )
  const subject = t(`「${name}」のリンクを再送します`, `The link to “${name}” again`)
  const url = new URL(`/jobs/${token}`, order.url).href
  return readyMail(
    { subject, greeting, button: t('書類を開く', 'Open the document'), facts },
    { ...order, url }
  )
}
