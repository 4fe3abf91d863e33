import type { Language } from '../language.ts'
import type { Document } from '../pdf/document.ts'
import { paper } from '../pdf/page.ts'
import { addElement, type Role } from '../pdf/structure.ts'
import type { TextLine } from '../pdf/text/line.ts'
import { balancedLines } from '../pdf/text/phrase.ts'
import { set } from '../pdf/text/setting.ts'
import { dayText } from './day.ts'
import type { Report } from './schema.ts'
import { area, baseline, body, colours, type Type } from './style.ts'

/** For titles of few words, and for those that would leave no room to the rest. */
const titles = [
  { size: 28, leading: 40, weight: 'bold', colour: colours.ink },
  { size: 20, leading: 29, weight: 'bold', colour: colours.ink }
] satisfies Type[]
const subtitle = { size: 14, leading: 23, colour: colours.soft } satisfies Type
const lower = { ...body, size: 11, leading: 19 } satisfies Type

/** Where the title stands at the lowest, and the lines at the foot end. */
const [lowest, bottom] = [270, paper.height - 120]
/** White between title and subtitle, around the rule over the foot, and below the bar over the title. */
const [afterTitle, aboveFoot, belowBar] = [12, 14, 26]

type Part = { lines: TextLine[]; type: Type; role: Role }

function partOf(text: string | undefined, type: Type, role: Role = 'P'): Part[] {
  if (!text) return []
  const setting = set([{ text, style: type }], { isSpaced: true })
  return [{ lines: balancedLines(setting, area.width), type, role }]
}

/** The first page: who reports what, and when. */
export function drawCover(document: Document, report: Report, language: Language) {
  const page = document.page()
  const home = addElement(document.top, 'Sect')

  function stack(parts: Part[], top: number, gap = 0) {
    let y = top
    for (const { lines, type, role } of parts) {
      page.tag(addElement(home, role))
      for (const [index, line] of lines.entries())
        page.put(line, { x: area.left, y: baseline(y + index * type.leading, type) })
      y += lines.length * type.leading + gap
    }
  }

  const date = report.date && dayText(report.date, language)
  const foot = [report.organisation, report.author, date].flatMap(text => partOf(text, lower))
  const rule = bottom - heightOf(foot) - aboveFoot
  const [large, small] = titles.map(type => [
    ...partOf(report.title, type),
    ...partOf(report.subtitle, subtitle)
  ]) as [Part[], Part[]]
  const room = rule - 2 * aboveFoot
  const head = lowest + heightOf(large, afterTitle) <= room ? large : small
  const top = Math.min(lowest, room - heightOf(head, afterTitle))
  page.rect({ x: area.left, y: top - belowBar, width: 56, height: 4 }, colours.accent)
  stack(head, top, afterTitle)
  if (foot.length > 0)
    page.line({ x1: area.left, y1: rule, x2: area.right, y2: rule, width: 0.5 }, colours.rule)
  stack(foot, rule + aboveFoot)
}

function heightOf(parts: Part[], gap = 0): number {
  return parts.reduce((sum, { lines, type }) => sum + lines.length * type.leading + gap, 0)
}
