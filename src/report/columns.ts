import { isBreakable, isLoanword, isSpace } from '../pdf/text/kinsoku.ts'
import { type Setting, textOf, widthOf } from '../pdf/text/setting.ts'
import type { Align } from './block.ts'
import type { Prose } from './prose.ts'

/** Where columns begin, how wide they are without the white beside them, and to which side they are set. */
export type Columns = { lefts: number[]; widths: number[]; aligns: Align[] }

type Wish = {
  width: number
  /** Of the type, in points. */
  size: number
  aligns: (Align | undefined)[]
  heads: Prose[]
  rows: Prose[][]
}

/** Between two columns, in ems; and how narrow one may be because another has more text. */
const [gapEms, leastEms, mostWordEms] = [1.4, 4, 14]

/** Divides a width between columns by what is in them. */
export function columnsFor({ width, size, aligns, heads, rows }: Wish): Columns {
  const count = heads.length
  const gap = Math.min(gapEms * size, width / count / 4)
  const room = width - gap * count
  const natural = heads.map((head, column) =>
    Math.max(size, ...columnOf(head, rows, column).map(({ setting }) => widthOf(setting)))
  )
  const least = heads.map((head, column) => {
    const words = columnOf(head, rows, column).map(({ setting }) => longestWord(setting))
    const narrow = Math.min(leastEms * size, natural[column] as number)
    return Math.min(mostWordEms * size, Math.max(narrow, ...words))
  })
  const widths = divide(natural, least, room)
  const lefts: number[] = []
  let left = gap / 2
  for (const wide of widths) {
    lefts.push(left)
    left += wide + gap
  }
  const found = aligns.map((align, column) => align ?? alignFor(rows, column))
  return { lefts, widths, aligns: found }
}

function columnOf(head: Prose, rows: Prose[][], column: number): Prose[] {
  return [head, ...rows.map(row => row[column]).filter(cell => cell !== undefined)]
}

/** Columns that need less than their share get what they need; the others divide the rest. */
function divide(natural: number[], least: number[], room: number): number[] {
  const total = sum(natural)
  if (total <= room) return natural.map(width => width * (room / total))
  const widths = natural.map(() => 0)
  let open = natural.map((_, column) => column)
  let rest = room
  for (;;) {
    const share = rest / open.length
    const small = open.filter(column => (natural[column] as number) <= share)
    if (small.length === 0) break
    for (const column of small) widths[column] = natural[column] as number
    rest -= sum(small.map(column => natural[column] as number))
    open = open.filter(column => !small.includes(column))
  }
  const weight = (column: number) => (natural[column] as number) ** 0.7
  const weights = sum(open.map(weight))
  for (const column of open)
    widths[column] = Math.max(least[column] as number, (rest * weight(column)) / weights)
  return squeeze(widths, least, room)
}

/** Takes what is too much from the columns that can spare it; from all, if that is not enough. */
function squeeze(widths: number[], least: number[], room: number): number[] {
  const over = sum(widths) - room
  const spare = widths.map((width, column) => Math.max(0, width - (least[column] as number)))
  const total = sum(spare)
  if (over > total) return least.map(width => width * (room / sum(least)))
  return widths.map((width, column) => width - ((spare[column] as number) * over) / (total || 1))
}

/** The widest part that lines should not break: a word. */
function longestWord(setting: Setting): number {
  const { codes, widths, length } = setting
  let [longest, current, before, isApart] = [0, 0, 0, false]
  for (let at = 0; at < length; at += 1) {
    const code = codes[at] as number
    const isWord = !isApart && isLoanword(before, code)
    if (before !== 0 && !isWord && isBreakable(before, code, isApart)) current = 0
    isApart = isSpace(code)
    if (!isApart) {
      before = code
      current += widths[at] as number
      longest = Math.max(longest, current)
    }
  }
  return longest
}

/** Numbers with their signs and units: `1,234`, `△12.5%`, `¥980`, `30 kg`. */
const numeric =
  /^[△▲+\-−±]?\s?[¥￥$€]?\s?\d[\d,.]*\s?(?:[%％℃°円人件台個本回日月年分秒歳倍点枚]|[A-Za-z]{1,3})?$/u
const isBlank = /^[\s\-–—―]*$/u

/** Numbers stand one below the other by their last digits. */
function alignFor(rows: Prose[][], column: number): Align {
  const cells = rows.map(row => {
    const setting = row[column]?.setting
    return setting ? textOf(setting, 0, setting.length).trim() : ''
  })
  const filled = cells.filter(text => !isBlank.test(text))
  return filled.length > 0 && filled.every(text => numeric.test(text)) ? 'right' : 'left'
}

function sum(widths: number[]) {
  return widths.reduce((total, width) => total + width, 0)
}
