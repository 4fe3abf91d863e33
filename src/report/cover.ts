import type { Language } from '../language.ts'
import type { Document } from '../pdf/document.ts'
import { paper } from '../pdf/page.ts'
import { addElement, type Role } from '../pdf/structure.ts'
import { balancedLines } from '../pdf/text/phrase.ts'
import { set } from '../pdf/text/setting.ts'
import { dayText } from './day.ts'
import type { Report } from './schema.ts'
import { area, baseline, body, colours, type Type } from './style.ts'

const title = { size: 28, leading: 40, weight: 'bold', colour: colours.ink } satisfies Type
const subtitle = { size: 14, leading: 23, colour: colours.soft } satisfies Type
const lower = { ...body, size: 11, leading: 19 } satisfies Type

/** Where the title stands, and the lines at the foot end. */
const [top, bottom] = [270, paper.height - 120]

function linesOf(text: string, style: Type) {
  return balancedLines(set([{ text, style }], { isSpaced: true }), area.width)
}

/** The first page: who reports what, and when. */
export function drawCover(document: Document, report: Report, language: Language) {
  const page = document.page()
  const home = addElement(document.top, 'Sect')

  function stack(text: string | undefined, y: number, type: Type, role: Role = 'P'): number {
    if (!text) return y
    const lines = linesOf(text, type)
    page.tag(addElement(home, role))
    for (const [index, line] of lines.entries())
      page.put(line, { x: area.left, y: baseline(y + index * type.leading, type) })
    return y + lines.length * type.leading
  }

  page.rect({ x: area.left, y: top - 26, width: 56, height: 4 }, colours.accent)
  const afterTitle = stack(report.title, top, title)
  stack(report.subtitle, afterTitle + 12, subtitle)
  const facts = [report.organisation, report.author, report.date && dayText(report.date, language)]
  const few = facts.filter(fact => fact !== undefined && fact !== '') as string[]
  const height = few.reduce((sum, text) => sum + linesOf(text, lower).length * lower.leading, 0)
  if (few.length > 0)
    page.line(
      {
        x1: area.left,
        y1: bottom - height - 14,
        x2: area.right,
        y2: bottom - height - 14,
        width: 0.5
      },
      colours.rule
    )
  few.reduce((y, text) => stack(text, y, lower), bottom - height)
}
