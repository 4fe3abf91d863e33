import { type Language, speak } from '../../src/language.ts'
import { openDocument } from '../../src/pdf/document.ts'
import { paper } from '../../src/pdf/page.ts'
import type { Drawing } from '../../src/pdf/pool.ts'
import { unprintable } from '../../src/pdf/unprintable.ts'

type Words = { name: string; course: string; finishedOn: string; issuer: string }
type Input = Words & { language: Language; createdAt: Date }

export async function draw({ language, createdAt, ...words }: Input): Promise<Drawing> {
  const t = speak(language)
  const title = t('修了証', 'Certificate of Completion')
  const document = openDocument({ title, language, createdAt })
  const page = document.page()
  const write = (text: string, y: number, largest: number, role: 'H1' | 'P' = 'P') => {
    page.tag(document.addElement(document.top, role))
    const size = Math.min(largest, (440 / document.measure(text, { size: 1 })) * 0.99)
    page.text(text, { x: paper.width / 2, y, align: 'center' }, { size })
  }
  page.rect({ x: 40, y: 40, width: paper.width - 80, height: 4 }, '#155e4b')
  write(title, 180, 34, 'H1')
  write(t(`${words.name} 様`, words.name), 290, 26)
  write(t('あなたは次の講座を修了されました。', 'has completed the course'), 350, 13)
  write(words.course, 410, 20)
  write(words.finishedOn, 560, 13)
  write(words.issuer, 600, 15)
  const warnings = document.missing.size > 0 ? [unprintable(document.missing, language)] : []
  return { bytes: document.save(), pages: 1, warnings }
}
