import { speak } from '../language.ts'
import { openPage, type Page } from '../pdf/page.ts'
import { addElement, type Element } from '../pdf/structure.ts'
import { balancedLines } from '../pdf/text/phrase.ts'
import { setText, widthOf } from '../pdf/text/setting.ts'
import { type Flow, openFlow } from './flow.ts'
import type { Desk, Entry } from './frame.ts'
import { linesOf, setProse } from './prose.ts'
import { area, baseline, body, colours, headings, type Type } from './style.ts'

/** How many levels are listed. */
const depth = 3
/** Fewer headings need no contents. */
const fewest = 3
const numberWidth = 30
const indent = 16
const types: Type[] = [
  { ...body, weight: 'bold', leading: 20 },
  { ...body, leading: 17 },
  { ...body, size: 9, leading: 15, colour: colours.soft }
]

/**
 * Draws the contents into the pages after the first, for a body that is drawn already; returns how many
 * pages they take.
 */
export function drawContents({ document, language, entries }: Desk, home: Element, body: Page[]) {
  const listed = entries.filter(({ level }) => level <= depth)
  if (listed.length < fewest) return 0
  const title = speak(language)('目次', 'Contents')
  const numbers = new Map(body.map((page, index) => [page, index]))
  // Laid out on loose pages first, to know how many there are.
  const loose = openFlow(() => openPage(new Set()))
  layEntries(loose, title, listed, { role: 'TOC', kids: [] }, () => 0)
  const count = loose.pages.length
  let at = 1
  const flow = openFlow(() => document.page(at++))
  layEntries(
    flow,
    title,
    listed,
    home,
    ({ target }) => (numbers.get(target.page) as number) + count + 2
  )
  return count
}

function layEntries(
  flow: Flow,
  title: string,
  entries: Entry[],
  home: Element,
  numberOf: (entry: Entry) => number
) {
  layTitle(flow, title, home)
  for (const entry of entries) layEntry(flow, entry, home, numberOf(entry))
  flow.finish()
}

function layTitle(flow: Flow, title: string, home: Element) {
  const type = headings[0] as Type
  const prose = setProse([{ text: title, look: 0 }], type)
  const owner = addElement(home, 'P')
  const [line] = linesOf(prose, area.width)
  flow.add({
    height: type.leading,
    keeps: true,
    draw(page, top) {
      page.tag(owner)
      if (line) page.put(line, { x: area.left, y: baseline(top, type) })
    }
  })
  flow.space(18)
}

function layEntry(flow: Flow, { title, level, target }: Entry, home: Element, number: number) {
  const type = types[level - 1] as Type
  const owner = addElement(addElement(home, 'TOCI'), 'Link')
  const left = area.left + (level - 1) * indent
  const prose = setProse([{ text: title, look: 0 }], type)
  const lines = balancedLines(prose.setting, area.right - left - numberWidth - 10)
  flow.space(level === 1 ? 8 : 0)
  for (const [index, line] of lines.entries())
    flow.add({
      height: type.leading,
      keeps: index < lines.length - 1,
      draw(page, top) {
        const y = baseline(top, type)
        page.tag(owner)
        page.put(line, { x: left, y })
        page.link({ x: left, y: top, width: area.right - left, height: type.leading }, target)
        if (index < lines.length - 1) return
        const setting = setText(String(number), type)
        const width = widthOf(setting)
        page.put(
          { setting, start: 0, end: setting.length, width },
          { x: area.right, y, align: 'right' }
        )
        drawLeader(page, left + line.width + 6, area.right - width - 6, y)
      }
    })
}

/** Dots at the same places in all lines. */
function drawLeader(page: Page, from: number, to: number, y: number) {
  const step = 4
  const first = area.right - Math.floor((area.right - from) / step) * step
  page.tag()
  if (first < to)
    page.line({ x1: first, y1: y - 1, x2: to, y2: y - 1, width: 0.9, dots: step }, colours.soft)
}
