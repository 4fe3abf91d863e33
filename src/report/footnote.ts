import type { Page } from '../pdf/page.ts'
import { addElement, type Element } from '../pdf/structure.ts'
import { setText, widthOf } from '../pdf/text/setting.ts'
import type { Desk } from './frame.ts'
import { collect, type Footnote, type Spaced, withFirst } from './galley.ts'
import type { Note } from './inline.ts'
import { layBlocks } from './lay.ts'
import { area, baseline, colours, small } from './style.ts'

const indent = 18
const markGap = 5

/** A note as it stands at the foot of a page; it is set when it is placed, since notes may form long chains. */
export function footnoteOf(desk: Desk, note: Note): Footnote {
  const known = desk.footnotes.get(note)
  if (known) return known
  const home = addElement(desk.body, 'Note')
  let strips: Spaced[] | undefined
  const footnote: Footnote = {
    strips: () => (strips ??= layNote(desk, note, home)),
    target: { y: area.top }
  }
  desk.footnotes.set(note, footnote)
  return footnote
}

function layNote(desk: Desk, note: Note, home: Element): Spaced[] {
  const galley = collect()
  const marked = withFirst(galley, marker(note, addElement(home, 'Lbl')))
  const place = { left: area.left + indent, width: area.width - indent, isAside: true }
  const frame = { desk, galley: marked, element: home, type: small, white: 3, depth: 0 }
  layBlocks({ ...frame, ...place }, note.blocks)
  if (galley.strips.length === 0) marked.add({ height: small.leading, draw() {} })
  return galley.strips
}

function marker(note: Note, label: Element) {
  const setting = setText(`${note.number})`, { ...small, colour: colours.accent })
  const line = { setting, start: 0, end: setting.length, width: widthOf(setting) }
  return (page: Page, top: number) => {
    page.tag(label)
    const x = area.left + indent - markGap
    page.put(line, { x, y: baseline(top, small), align: 'right' })
  }
}
