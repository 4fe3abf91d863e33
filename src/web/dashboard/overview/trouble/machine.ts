import { noticedSeconds, toleratedSeconds } from '../../../../queue/clock.ts'
import type { Rule } from '../trouble.ts'

const noAnswer: Rule = ({ messages, dead }) => {
  const error = [messages, dead].find(answer => answer instanceof Error)
  if (!error) return undefined
  return {
    // What it leads to, jobs that wait, is a trouble of its own.
    isGrave: false,
    says: {
      ja: `SQS から${messages instanceof Error ? 'キュー' : 'デッドレターキュー'}の数を得られません（${error.message}）。`,
      en: `SQS does not tell what is on the ${messages instanceof Error ? 'queue' : 'dead-letter queue'} (${error.message}).`
    },
    remedy: {
      ja: 'QUEUE_URL、DEAD_LETTER_QUEUE_URL、Web 層の権限（sqs:GetQueueAttributes）、AWS の状態を確認してください。受け付けたジョブは失われません。SQS が戻れば sweep が送ります。',
      en: 'See QUEUE_URL, DEAD_LETTER_QUEUE_URL, the rights of the web tier (sqs:GetQueueAttributes), and the health of AWS. No job is lost: the sweep sends them when SQS is back.'
    }
  }
}

const wrongClock: Rule = ({ skewSeconds: skew }) => {
  const apart = Math.abs(skew)
  if (apart < noticedSeconds) return undefined
  const isGrave = apart > toleratedSeconds
  const seconds = apart.toFixed(1)
  return {
    isGrave,
    says: {
      ja: `この Web サーバーの時計は、データベースより${seconds}秒${skew > 0 ? '進んで' : '遅れて'}います。`,
      en: `The clock of this web server is ${seconds} s ${skew > 0 ? 'ahead of' : 'behind'} the database’s.`
    },
    remedy: {
      ja: isGrave
        ? 'ジョブはデータベースの時刻で動きます。chronyc tracking で調べるか、インスタンスを入れ替えてください。'
        : `${toleratedSeconds}秒までは害がありません。広がらないか見ていてください。`,
      en: isGrave
        ? 'Jobs go by the database’s time. Look at chronyc tracking, or replace the instance.'
        : `Up to ${toleratedSeconds} s do no harm; see whether it grows.`
    },
    section: 'A clock is wrong'
  }
}

export const machineTroubles = [noAnswer, wrongClock]
