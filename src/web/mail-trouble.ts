import { type Html, html } from '../html.ts'
import { type Language, speak } from '../language.ts'
import type { Job } from '../queue/job.ts'
import { eventsOf, isReturned, isUnwanted } from '../queue/mail-event.ts'
import type { Line } from '../queue/perform.ts'

/** What went wrong with the mails about a job, as far as its person is told. */
type MailTrouble = 'returned' | 'unwanted'

/** The jobs that send a mail again, and what went wrong with that mail. */
export type MailNews = { again: Job[]; trouble?: MailTrouble | undefined }

/** Of the mail of a job, and of those that sent it again, the last: what became of the others is over. */
export async function mailTroubleOf(
  { database, config }: Pick<Line, 'database' | 'config'>,
  mails: { id: number }[]
): Promise<MailTrouble | undefined> {
  if (!config.MAIL_EVENTS_QUEUE_URL) return undefined
  const ids = mails.map(({ id }) => id)
  const events = await eventsOf(database, ids)
  if (isUnwanted(events)) return 'unwanted'
  const last = ids.findLast(id => events.some(({ job_id }) => Number(job_id) === id))
  return isReturned(events.filter(({ job_id }) => Number(job_id) === last)) ? 'returned' : undefined
}

/**
 * A sentence that helps. That somebody has complained is theirs to tell, and the page may be open before others: it
 * says only that mails may not arrive.
 */
export function mailTroubleText(
  trouble: MailTrouble,
  { to, kind }: { to: string; kind: string },
  language: Language
): Html {
  const t = speak(language)
  const [ja, en] =
    trouble === 'returned'
      ? [`${to} へのメールは届きませんでした。`, `The mail to ${to} came back.`]
      : [`${to} にはメールが届かないことがあります。`, `Mails to ${to} may not arrive.`]
  const again = html`<a href="/new/${kind}">${t('正しい宛先でもう一度お申し込みください', 'order again with a right address')}</a>`
  const whole =
    language === 'ja'
      ? html`${ja}ここからダウンロードするか、${again}。`
      : html`${en} Download it here, or ${again}.`
  return html`<p class="mail-trouble" role="status">${whole}</p>`
}
