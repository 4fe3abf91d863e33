import { amount } from '../number.ts'
import type { Rule } from '../trouble.ts'

const section = 'A mail is in doubt'

const held: Rule = ({ doubts }) => {
  if (doubts.held === 0) return undefined
  const count = doubts.held
  return {
    isGrave: true,
    says: {
      ja: `届いたかどうか分からないメールが${amount(count, 'ja')}件あり、判断を待っています。`,
      en: `Nobody knows whether ${count === 1 ? 'a mail was' : `${amount(count, 'en')} mails were`} sent; you are to decide.`
    },
    remedy: {
      ja: '相手に確かめてください。届いていなければ再実行すると送ります。届いていれば、そのままにしてください。',
      en: 'Ask the person. If it did not come, retry, and it is sent; if it came, leave the job as it is.'
    },
    section,
    link: {
      href: '/dashboard/jobs/?state=failed',
      text: { ja: '失敗したジョブ', en: 'Failed jobs' }
    }
  }
}

const repeated: Rule = ({ doubts }) => {
  if (doubts.repeated === 0) return undefined
  const mails = doubts.repeated === 1 ? 'A mail' : `${amount(doubts.repeated, 'en')} mails`
  return {
    isGrave: false,
    says: {
      ja: `直近24時間に、二通届いたかもしれないメールが${amount(doubts.repeated, 'ja')}件あります。`,
      en: `${mails} of the last 24 hours may have come twice.`
    },
    remedy: {
      ja: '何もする必要はありません。本人のページにもそう書かれています。ワーカーが途中で落ちた理由は、ログで調べられます。',
      en: 'There is nothing to do; the person’s page says so. The log tells why the worker died in between.'
    },
    section
  }
}

export const mailTroubles = [held, repeated]
