import {
  type Manner,
  type Setting,
  type Span,
  type Style,
  set,
  setText,
  widthOf
} from './setting.ts'
import { type Wishes, wrap } from './wrap.ts'

/** A line of text that has been set; `width` in points. Its widths hold `spacing` after most characters. */
export type TextLine = {
  setting: Setting
  start: number
  end: number
  width: number
  spacing?: number
}

/** Text in one style as lines no wider than `width`, which are not spread. */
export function linesOf(text: string, style: Style, width: number): TextLine[] {
  return breakSetting(setText(text, style), width, { keepsLoanwords: true })
}

/** Running text in several styles as lines no wider than `width`; the first may be narrower. */
export function paragraphOf(spans: Span[], width: number, manner: Manner & Wishes = {}) {
  return breakSetting(set(spans, manner), width, manner)
}

/** What has been set, as lines no wider than `width`. */
export function breakSetting(setting: Setting, width: number, wishes: Wishes): TextLine[] {
  return wrap(setting, width, wishes).map(line => ({ setting, ...line }))
}

/** Text on one line, in a smaller size if it would be wider than `width`. */
export function lineOf(text: string, style: Style, width = Number.POSITIVE_INFINITY): TextLine {
  const setting = setText(text.replaceAll('\n', ' '), style)
  const natural = widthOf(setting)
  if (!(natural > width)) return { setting, start: 0, end: setting.length, width: natural }
  return lineOf(
    text,
    { ...style, size: (style.size * width) / natural - 1e-3 },
    Number.POSITIVE_INFINITY
  )
}
