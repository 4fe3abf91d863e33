import type { Sentence } from '../language.ts'
import type { MailState } from '../queue/mail.ts'
import type { Standing } from '../queue/mail-find.ts'
import type { MailEvent, MailEventName } from '../ses-event.ts'
import { effectStates } from './effect-state.ts'

/** What people read for what became of a mail. */
export const mailStates: Record<MailState, Sentence> = {
  ...effectStates,
  sent: { ja: '送信済み', en: 'Sent' },
  delivered: { ja: '配信済み', en: 'Delivered' },
  delayed: { ja: '遅延', en: 'Delayed' },
  bounced: { ja: '不達', en: 'Bounced' },
  complained: { ja: '苦情', en: 'Complained' }
}

/** By what lists of mails are narrowed. */
export const standings: Record<Standing, Sentence> = {
  sent: { ja: '送信済み・報告なし', en: 'Sent, no news' },
  delivered: mailStates.delivered,
  bounced: mailStates.bounced,
  complained: mailStates.complained,
  ambiguous: { ja: '送信不明', en: 'Ambiguous' },
  held: { ja: '保留', en: 'Held' }
}

const events: Record<MailEventName, Sentence> = {
  delivery: { ja: '配信', en: 'Delivery' },
  bounce: { ja: '不達', en: 'Bounce' },
  complaint: { ja: '苦情', en: 'Complaint' },
  reject: { ja: 'SESが拒否', en: 'Rejected by SES' },
  delay: { ja: '遅延', en: 'Delay' }
}

/** The sorts of SES, of which people know the English names from its console. */
export function eventText({ event, type, subtype, answer }: MailEvent): Sentence {
  const sort = [type, subtype].filter(Boolean).join('/')
  const told = [sort, answer].filter(Boolean).join(', ')
  const said = (name: string) => (told ? `${name}: ${told}` : name)
  return { ja: said(events[event].ja), en: said(events[event].en) }
}
