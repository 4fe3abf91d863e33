import { isReturned, isUnwanted } from '../queue/mail-event.ts'
import type { Explainer, Facts } from './facts.ts'
import { eventText } from './mail-text.ts'

/** A mail that was sent and did not arrive, or that its recipient did not want. */
export const returned: Explainer = ({ events }, tongue) => {
  if (isUnwanted(events)) return unwanted(events, tongue)
  if (!isReturned(events)) return {}
  const { t, at } = tongue
  const last = events.findLast(({ event }) => event === 'bounce' || event === 'reject')
  if (!last) return {}
  const [{ ja, en }, time] = [eventText(last), at(Number(last.at))]
  return {
    why: [
      t(
        `メールは届きませんでした（${time}、${ja}）。ファイルは本人のページにあり、そこにも届かなかったと書いてあります。`,
        `The mail did not arrive (${time}, ${en}). The file is on the person's page, which says so, too.`
      )
    ],
    todo: [
      last.type === 'Permanent'
        ? t(
            '正しい宛先で注文し直してもらってください。宛先が実は正しければ、SESの抑止リストから外してから再送します。',
            'Have it ordered again with a right address. If this one is right after all, take it off the suppression list of SES, then send the mail again.'
          )
        : t(
            '一時的な理由（満杯など）かもしれません。あとで「再送する」を試してください。',
            'The reason may pass, as a full mailbox does: try Send again later (Mails).'
          )
    ]
  }
}

function unwanted(events: Facts['events'], { t, at }: Parameters<Explainer>[1]) {
  const time = at(Number(events.find(({ event }) => event === 'complaint')?.at))
  return {
    why: [
      t(
        `受取人がこのメールを迷惑メールとして報告しました（${time}）。SESは以後この宛先への送信を止めます。`,
        `The recipient has reported the mail as unwanted (${time}); SES sends no more to that address.`
      )
    ],
    todo: [
      t(
        'この宛先にはもう送らないでください。苦情が多いとSESのアカウントが止められます。',
        'Send nothing more to that address: with many complaints, SES stops the account.'
      )
    ]
  }
}
