import type { Page } from '../pdf/page.ts'
import { type Footnote, heightOf, type Spaced, type Strip } from './galley.ts'
import { area, colours } from './style.ts'

/** White above the rule over the notes, below it, and between two notes. */
const [aboveNotes, belowRule, betweenNotes] = [10, 6, 2]
/** Room that notes of the page before leave to the text, in points. */
const leastText = 68

/** The foot of the page at hand: its notes, and what is left of a long one for the next page. */
export function openFoot() {
  const placed = new Set<Footnote>()
  let notes: Spaced[] = []
  let carried: Spaced[] = []

  /** As many strips as fit; the others wait for the next page. */
  function add(strips: Spaced[], room: number) {
    let isFull = carried.length > 0
    for (const strip of strips) {
      isFull ||= notesHeight([...notes, strip]) > room
      if (isFull) carried.push(strip)
      else notes.push(strip)
    }
  }

  return {
    /** Whether something is left for another page. */
    hasMore: () => carried.length > 0,
    /** Notes that strips refer to and that no page has yet, with those that the notes refer to. */
    fresh: (strips: Strip[]) => freshNotes(strips, placed),
    /** How high the foot is with some notes more. */
    heightWith: (fresh: Footnote[]) =>
      notesHeight(fresh.length > 0 ? [...notes, ...fresh.flatMap(stripsOf)] : notes),
    place(note: Footnote, page: Page, room: number) {
      placed.add(note)
      Object.assign(note.target, { page, y: area.bottom - leastText })
      add(stripsOf(note), room)
    },
    /** Draws the notes of a page, and goes on with what is left. */
    turn(page: Page) {
      drawNotes(page, notes)
      const rest = carried
      notes = []
      carried = []
      add(rest, area.bottom - area.top - leastText)
    }
  }
}

function freshNotes(strips: Strip[], placed: Set<Footnote>): Footnote[] {
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
