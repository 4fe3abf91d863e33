import { type Page, paper } from '../pdf/page.ts'
import type { TextLine } from '../pdf/text/line.ts'
import { setText, widthOf } from '../pdf/text/setting.ts'
import type { Entry } from './frame.ts'
import { area, colours, margin } from './style.ts'

const [head, foot] = [52, paper.height - 44]
/** Between the title of the report and the name of the chapter. */
const gap = 24

/** What is above and below the text of a page: the report, the chapter, and the number of the page. */
export function drawMargins(
  pages: Page[],
  first: number,
  title: string,
  chapters: (page: Page) => string
) {
  const heads = new Map<string, { report: TextLine; chapter: TextLine }>()
  for (const [index, page] of pages.entries()) {
    page.tag()
    const name = chapters(page)
    const { report, chapter } = heads.get(name) ?? headOf(title, name)
    heads.set(name, { report, chapter })
    page.put(report, { x: area.left, y: head })
    page.put(chapter, { x: area.right, y: head, align: 'right' })
    const y = head + 8
    page.line({ x1: area.left, y1: y, x2: area.right, y2: y, width: 0.4 }, colours.rule)
    page.text(
      String(first + index),
      { x: area.left + area.width / 2, y: foot, align: 'center' },
      margin
    )
  }
}

/** The title of the report takes what the name of the chapter leaves to it, but a little less than half at least. */
function headOf(title: string, name: string) {
  const least = area.width * 0.45
  const whole = cut(title, Number.POSITIVE_INFINITY)
  const chapter = cut(name, area.width - gap - Math.min(least, whole.width))
  return { report: cut(title, area.width - gap - chapter.width), chapter }
}

/**
 * The chapter of each page: that which begins at its top, else that which goes on from before, else the
 * first one that begins on it.
 */
export function chaptersOf(pages: Page[], entries: Entry[]): (page: Page) => string {
  const tops = entries.filter(({ level }) => level === 1)
  const found = new Map<Page, string>()
  let current = ''
  let next = 0
  for (const page of pages) {
    const starts: Entry[] = []
    while (tops[next]?.target.page === page) starts.push(tops[next++] as Entry)
    const [first] = starts
    const isAtTop = first && first.target.y <= area.top
    found.set(page, (isAtTop || current === '' ? first?.title : current) ?? '')
    current = starts.at(-1)?.title ?? current
  }
  return page => found.get(page) ?? ''
}

/** One line no wider than `width`, with … where it is cut. */
function cut(text: string, width: number): TextLine {
  const setting = setText(text, margin)
  const whole = widthOf(setting)
  if (whole <= width) return { setting, start: 0, end: setting.length, width: whole }
  let [end, used] = [0, margin.size]
  while (used < width) used += setting.widths[end++] as number
  const short = setText(`${[...text].slice(0, Math.max(1, end - 1)).join('')}…`, margin)
  return { setting: short, start: 0, end: short.length, width: widthOf(short) }
}
