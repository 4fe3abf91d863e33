import { deflateSync } from 'node:zlib'
import { type Box, type Mark, openPainter, type Rule } from './paint.ts'
import { type Colour, type Setting, type Style, setText, widthOf } from './text/setting.ts'
import type { Use } from './use.ts'

/** A page whose marks have become a content stream. */
export type Painted = { width: number; height: number; content: Uint8Array }

/** Where text goes: `x` is its left, right or middle, by `align`, and `y` its baseline. */
export type Place = { x: number; y: number; align?: 'left' | 'right' | 'center' }

/** A4, in points. */
export const paper = { width: 595.28, height: 841.89 }

export type Page = ReturnType<typeof openPage>

/** A page to draw on, in points from its top left corner. What no font has goes to `missing`. */
export function openPage(missing: Set<string>) {
  const marks: Mark[] = []
  return {
    text(text: string, place: Place, style: Style) {
      this.setting(setText(text.replaceAll('\n', ' '), style), place)
    },
    /** Text that has been set before, or a line of it. */
    setting(setting: Setting, { x, y, align = 'left' }: Place, start = 0, end = setting.length) {
      for (const character of setting.missing) missing.add(character)
      if (end <= start) return
      const width = align === 'left' ? 0 : widthOf(setting, start, end)
      const left = align === 'center' ? x - width / 2 : x - width
      marks.push({ kind: 'text', x: left, y, setting, start, end })
    },
    rect: (box: Box, colour: Colour) => void marks.push({ kind: 'boxes', boxes: [box], colour }),
    line: (rule: Rule, colour: Colour) => void marks.push({ kind: 'line', ...rule, colour }),
    paint(use: Use, level: number): Painted {
      const painter = openPainter(paper.height, use)
      for (const mark of marks) painter.mark(mark)
      return { ...paper, content: deflateSync(painter.content(), { level }) }
    }
  }
}
