import Type from 'typebox'
import { fieldsOf } from '../../src/form.ts'
import { html } from '../../src/html.ts'
import { speak } from '../../src/language.ts'
import { renderDocument } from '../../src/pdf/pool.ts'
import { defineJob, type Form } from '../../src/queue/kind.ts'
import { readyMail } from '../../src/ready-mail.ts'
import type { Input } from './pdf.ts'

const Payslip = Type.Object(
  {
    employee: Type.String({
      pattern: '^[0-9]{6}$',
      minLength: 1,
      narrow: true,
      label: { ja: '社員番号', en: 'Employee number' },
      says: { ja: '社員番号は6桁の数字です。', en: 'An employee number has 6 digits.' }
    }),
    month: Type.String({
      pattern: '^\\d{4}-\\d{2}$',
      minLength: 1,
      narrow: true,
      label: { ja: '対象月', en: 'Month' },
      says: { ja: '月を「2026-11」の形で入力してください。', en: 'Enter a month such as 2026-11.' }
    }),
    /** Yen. */
    pay: Type.Integer({ minimum: 0, maximum: 99_999_999, label: { ja: '支給額', en: 'Pay' } })
  },
  { additionalProperties: false }
)

const input = fieldsOf(Payslip)
const form: Form = {
  fields: view => html`<fieldset><div class="grid">${input(view, 'employee')}
${input(view, 'month')}
${input(view, 'pay', { inputmode: 'numeric' })}</div></fieldset>`,
  read: ({ employee, month, pay }) => ({ employee, month, pay })
}

/**
 * An example of a kind whose documents are locked. The password is in no payload: `passwordOf` asks whoever has it,
 * such as the personnel department's own system, each time that the work is done.
 */
export function payslip(passwordOf: (employee: string, signal: AbortSignal) => Promise<string>) {
  return defineJob({
    name: 'payslip',
    title: { ja: '給与明細書', en: 'Payslip' },
    summary: { ja: 'パスワード付きの給与明細書を作成します。', en: 'A payslip that is locked.' },
    schema: Payslip,
    form,

    async perform(slip, { storage, mail, job }) {
      const { language, createdAt, signal } = job
      const password = await passwordOf(slip.employee, signal)
      const task: Input = { ...slip, language, createdAt, password }
      const drawing = await renderDocument(new URL('./pdf.ts', import.meta.url), task, { signal })
      const about = { name: `${slip.month}_${slip.employee}.pdf`, type: 'application/pdf' }
      const file = await storage.put(`payslip/${job.id}.pdf`, drawing.bytes, about)
      const t = speak(language)
      const subject = t(`${slip.month}の給与明細書`, `Payslip of ${slip.month}`)
      const greeting = t(
        '次のページからダウンロードできます。ご自分のパスワードで開いてください。',
        'Download it from this page. It opens with your own password.'
      )
      const facts: [string, string][] = [[t('社員番号', 'Employee number'), slip.employee]]
      await mail.send(readyMail({ subject, greeting, button: t('開く', 'Open'), facts }, job))
      return { file, warnings: drawing.warnings }
    }
  })
}
