import { type Language, speak } from '../../src/language.ts'
import { openDocument } from '../../src/pdf/document.ts'
import type { Drawing } from '../../src/pdf/pool.ts'
import { protect } from '../../src/pdf/protect.ts'

export type Input = {
  employee: string
  month: string
  pay: number
  language: Language
  createdAt: Date
  password: string
}

/** What the thread calls: it locks the document as well, so the web and the queue never wait for it. */
export async function draw(input: Input): Promise<Drawing> {
  const { employee, month, pay, language, createdAt, password } = input
  const t = speak(language)
  const title = `${t('給与明細書', 'Payslip')} ${month}`
  const document = openDocument({ title, language, createdAt })
  const page = document.page()
  page.tag(document.addElement(document.top, 'H1'))
  page.text(title, { x: 50, y: 80 }, { size: 20, weight: 'bold' })
  page.tag(document.addElement(document.top, 'P'))
  page.text(`${t('社員番号', 'Employee number')} ${employee}`, { x: 50, y: 120 }, { size: 11 })
  page.tag(document.addElement(document.top, 'P'))
  const yen = `¥${pay.toLocaleString('en')}`
  page.text(`${t('支給額', 'Pay')} ${yen}`, { x: 50, y: 140 }, { size: 11 })
  return { bytes: await protect(document.save(), password), pages: 1, warnings: [] }
}
