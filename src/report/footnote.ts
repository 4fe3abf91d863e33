import { addElement } from '../pdf/structure.ts'
import { setText, widthOf } from '../pdf/text/setting.ts'
import type { Frame } from './frame.ts'
import { collect, type Footnote, withFirst } from './galley.ts'
import type { Note } from './inline.ts'
import { layBlocks } from './lay.ts'
import { area, baseline, colours, small } from './style.ts'

const indent = 18
const markGap = 5

/** A note as it stands at the foot of a page; it is set when it is first referred to. */
export function footnoteOf({ desk, element }: Frame, note: Note): Footnote {
  const known = desk.footnotes.get(note)
  if (known) return known
  const home = addElement(element, 'Note')
  const galley = collect()
  const footnote: Footnote = { strips: galley.strips, target: { y: area.top } }
  desk.footnotes.set(note, footnote)
  const label = addElement(home, 'Lbl')
  const mark = setText(`${note.number})`, { ...small, colour: colours.accent })
  const [width, length] = [widthOf(mark), mark.length]
  const marked = withFirst(galley, (page, top) => {
    page.tag(label)
    const x = area.left + indent - markGap
    page.put(
      { setting: mark, start: 0, end: length, width },
      { x, y: baseline(top, small), align: 'right' }
    )
  })
  const place = { left: area.left + indent, width: area.width - indent, element: home }
  layBlocks({ desk, galley: marked, type: small, white: 3, depth: 0, ...place }, note.blocks)
  if (galley.strips.length === 0) marked.add({ height: small.leading, draw() {} })
  return footnote
}
