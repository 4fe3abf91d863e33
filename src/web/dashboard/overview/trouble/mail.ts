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
      href: '/dashboard/mails/?state=held',
      text: { ja: '保留のメール', en: 'Held mails' }
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

const comeBack = 'A mail has come back'

const bounced: Rule = ({ returned: { bounced: count, recipients } }) => {
  if (count === 0) return undefined
  const mails = count === 1 ? 'A mail' : `${amount(count, 'en')} mails`
  const list = recipients.join(', ') + (count > recipients.length ? ', …' : '')
  return {
    isGrave: false,
    says: {
      ja: `直近24時間に、宛先に届かず戻ったメールが${amount(count, 'ja')}件あります（${list}）。`,
      en: `${mails} bounced in the last 24 hours (${list}).`
    },
    remedy: {
      ja: 'ファイルは本人のページにあり、そこにも届かなかったと書かれています。正しい宛先で注文し直してもらってください。不達が5%を超えると、SESはアカウントを審査します。',
      en: 'The file is on the person’s page, which says so. Have it ordered again with a right address. From 5% bounces on, SES puts the account under review.'
    },
    section: comeBack,
    link: {
      href: '/dashboard/mails/?state=bounced',
      text: { ja: '不達のメール', en: 'Bounced mails' }
    }
  }
}

const complained: Rule = ({ returned: { complained: count } }) => {
  if (count === 0) return undefined
  const mails = count === 1 ? 'A mail was' : `${amount(count, 'en')} mails were`
  return {
    isGrave: true,
    says: {
      ja: `直近24時間に、迷惑メールとして報告されたメールが${amount(count, 'ja')}件あります。`,
      en: `${mails} reported as unwanted in the last 24 hours.`
    },
    remedy: {
      ja: 'その宛先にはもう送らないでください。誰かが他人の宛先で注文していないか調べます。苦情が0.1%を超えると、SESはアカウントを審査します。',
      en: 'Send nothing more to those addresses, and see whether somebody orders with addresses of others. From 0.1% complaints on, SES puts the account under review.'
    },
    section: comeBack,
    link: {
      href: '/dashboard/mails/?state=complained',
      text: { ja: '苦情のあったメール', en: 'Mails that were complained about' }
    }
  }
}

export const mailTroubles = [held, complained, bounced, repeated]
