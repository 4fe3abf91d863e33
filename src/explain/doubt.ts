import { asked, type NamedEffect } from '../queue/effect.ts'
import { effectState } from '../queue/effect-state.ts'
import type { Explainer } from './facts.ts'

/** Effects of which nobody knows whether they happened. */
export const doubt: Explainer = ({ job, effects }, { t, at }) => {
  const held = effects.filter(effect => effectState(effect, job) === 'held')
  const repeated = effects.filter(effect => effect.ambiguous > 0 && effect.fencing_token !== asked)
  return {
    why: [
      ...held.map(({ step, began_at }) =>
        t(
          `${japanese(step)}は保留です。${at(began_at)}までに送られたかどうか、誰にも分かりません。送信と受領の記録の間でワーカーが停止しました。`,
          `Held: nobody knows whether the ${step} went out; a worker died between sending it and writing down its receipt (asked at ${at(began_at)}).`
        )
      ),
      ...repeated.map(({ step }: NamedEffect) =>
        t(
          `${japanese(step)}は二度届いたかもしれません。送信と受領の記録の間でワーカーが停止したため、もう一度送りました。本人のページにもそう書いてあります。`,
          `The ${step} may have gone out twice: a worker died between sending it and writing down its receipt, so a later attempt sent it again. The person's page says so.`
        )
      )
    ],
    todo: held.map(() =>
      t(
        '本人に尋ねるか、SESのイベントで確かめてください。届いていなければ「再実行」で一度だけ送ります。届いていればこのままで結構です。ファイルは本人のページにあります。',
        'Ask the person, or look at the events of SES. It did not come: Retry sends it once more. It came: leave the job as it is; its page has the file.'
      )
    )
  }
}

const japanese = (step: string) => (step === 'mail' ? 'メール' : step)
