import type { Page } from '../pdf/page.ts'
import { type Footnote, type Galley, heightOf, type Spaced, type Strip } from './galley.ts'
import { most, refuse, tooMany } from './limit.ts'
import { area, colours } from './style.ts'

/** White above the rule over the notes, and below it. */
const [aboveNotes, belowRule] = [10, 6]
const betweenNotes = 2
/** Room that notes of the page before leave to the text, in points. */
const leastText = 68

export type Flow = Galley & { pages: readonly Page[]; finish(): void }

/**
 * Puts strips on pages: those that keep together on one, notes at the foot of the page that refers to them,
 * and what is left of a long note at that of the next. `open` makes a page.
 */
export function openFlow(open: () => Page): Flow {
  const pages: Page[] = [open()]
  const placed = new Set<Footnote>()
  let group: Spaced[] = []
  let gap = 0
  let y = area.top
  let notes: Spaced[] = []
  let carried: Spaced[] = []
  /** Whether nothing stands on the page but a head that is repeated. */
  let isFresh = true

  const page = () => pages.at(-1) as Page

  function turn() {
    drawNotes(page(), notes)
    if (pages.length >= most.pages) refuse(tooMany.pages)
    pages.push(open())
    y = area.top
    isFresh = true
    notes = []
    carryOn()
  }

  /** What is left of the notes of the page before. */
  function carryOn() {
    const rest = carried
    carried = []
    addNotes(rest, area.bottom - area.top - leastText)
  }

  /** As many strips as fit; the others wait for the next page. */
  function addNotes(strips: Spaced[], room: number) {
    let isFull = carried.length > 0
    for (const strip of strips) {
      isFull ||= notesHeight([...notes, strip]) > room
      if (isFull) carried.push(strip)
      else notes.push(strip)
    }
  }

  /** Places strips that belong together, or one by one if they are higher than a page. */
  function place(strips: Spaced[]) {
    const fresh = newNotes(strips, placed)
    const wanted = fresh.length > 0 ? [...notes, ...fresh.flatMap(stripsOf)] : notes
    const height = heightOf(strips) - (y === area.top ? (strips[0] as Spaced).gap : 0)
    const isHigh = y + height + notesHeight(wanted) > area.bottom
    if (isHigh && !isFresh) {
      turn()
      repeatHead(strips[0] as Spaced)
      place(strips)
    } else if (isHigh && strips.length > 1) for (const strip of strips) place([strip])
    else {
      for (const note of fresh) placeNote(note, height)
      for (const strip of strips) draw(strip)
      isFresh = false
    }
  }

  function placeNote(note: Footnote, height: number) {
    placed.add(note)
    Object.assign(note.target, { page: page(), y: area.bottom - leastText })
    addNotes(stripsOf(note), area.bottom - y - height)
  }

  function repeatHead({ head }: Strip) {
    if (head) draw({ ...head, gap: 0 })
  }

  function draw({ gap: wished, height, draw }: Spaced) {
    const white = y === area.top ? 0 : wished
    draw(page(), y + white, white)
    y += white + height
  }

  function flush() {
    const strips = group
    group = []
    if (strips.length > 0) place(strips)
  }

  return {
    pages,
    space(points) {
      gap = Math.max(gap, points)
    },
    add(strip) {
      group.push({ ...strip, gap })
      gap = 0
      if (!strip.keeps) flush()
    },
    finish() {
      flush()
      while (carried.length > 0) turn()
      drawNotes(page(), notes)
      notes = []
    }
  }
}

/** Notes that these strips refer to, and those that the notes themselves do. */
function newNotes(strips: Strip[], placed: Set<Footnote>): Footnote[] {
  const found = new Set<Footnote>()
  const look = (list: Strip[]) => {
    for (const { notes = [] } of list)
      for (const note of notes) if (!placed.has(note)) found.add(note)
  }
  look(strips)
  // The set grows while it is read.
  for (const note of found) look(note.strips())
  return [...found]
}

function stripsOf({ strips }: Footnote): Spaced[] {
  return strips().map((strip, index) => (index === 0 ? { ...strip, gap: betweenNotes } : strip))
}

function notesHeight(strips: Spaced[]) {
  return strips.length === 0 ? 0 : aboveNotes + belowRule + heightOf(strips)
}

function drawNotes(page: Page, strips: Spaced[]) {
  if (strips.length === 0) return
  let y = area.bottom - heightOf(strips)
  page.tag()
  const rule = { x1: area.left, x2: area.left + 110, y1: y - belowRule, y2: y - belowRule }
  page.line({ ...rule, width: 0.5 }, colours.soft)
  for (const { gap, height, draw } of strips) {
    draw(page, y + gap, gap)
    y += gap + height
  }
}
