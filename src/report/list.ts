import type { Page } from '../pdf/page.ts'
import { addElement, type Element } from '../pdf/structure.ts'
import { setText, widthOf } from '../pdf/text/setting.ts'
import type { Item, List } from './block.ts'
import type { Frame } from './frame.ts'
import { withFirst } from './galley.ts'
import { layBlocks } from './lay.ts'
import { baseline, colours, type Type } from './style.ts'

/** Between a mark and its point, in ems; and the least that points are indented. */
const [gap, leastIndent] = [0.55, 1.5]
const [loose, tight] = [7, 1.5]

/** Points in a column of their own, their marks to the left of it; numbers end at the same place. */
export function layList(frame: Frame, list: List) {
  const { galley, type, depth } = frame
  const marks = list.items.map((item, index) => markOf(list, item, index, depth))
  const widest = Math.max(0, ...sample(marks).map(mark => widthOf(setText(mark, type))))
  const indent = Math.max(leastIndent * type.size, widest + gap * type.size)
  const element = addElement(frame.element, 'L')
  const between = list.isTight ? tight : loose
  galley.space(depth > 0 ? between : loose)
  for (const [index, item] of list.items.entries()) {
    if (index > 0) galley.space(between)
    layItem({ ...frame, element, white: between }, item, marks[index] as string, indent)
  }
  galley.space(depth > 0 ? between : loose)
}

/** Marks are about as wide as they are long; of many, the last are the widest. */
function sample(marks: string[]) {
  return [...marks.slice(0, 1), ...marks.slice(-1)]
}

const bullets = ['•', '–', '・']
/** Of one font, and so of one size: no font has ☑ and ☐. */
const [done, open] = ['☑', '⬜']

function markOf({ first }: List, { isDone }: Item, index: number, depth: number) {
  if (isDone !== undefined) return isDone ? done : open
  return first === undefined ? (bullets[depth % bullets.length] as string) : `${first + index}.`
}

function layItem(frame: Frame, { blocks }: Item, mark: string, indent: number) {
  const item = addElement(frame.element, 'LI')
  const label = addElement(item, 'Lbl')
  const element = addElement(item, 'LBody')
  const left = frame.left + indent
  const galley = withFirst(frame.galley, marker(frame.type, mark, label, left))
  const depth = frame.depth + 1
  const inside = { ...frame, element, galley, left, width: frame.width - indent, depth }
  if (blocks.length === 0) galley.add({ height: frame.type.leading, draw() {} })
  layBlocks(inside, blocks)
}

function marker(type: Type, mark: string, label: Element, left: number) {
  const setting = setText(mark, { ...type, colour: colours.accent })
  const line = { setting, start: 0, end: setting.length, width: widthOf(setting) }
  const x = left - gap * type.size
  return (page: Page, top: number) => {
    page.tag(label)
    page.put(line, { x, y: baseline(top, type), align: 'right' })
  }
}
