import { justify } from '../pdf/text/justify.ts'
import { isLatin } from '../pdf/text/kinsoku.ts'
import type { TextLine } from '../pdf/text/line.ts'
import { type Setting, type Span, type Style, set } from '../pdf/text/setting.ts'
import { wrap } from '../pdf/text/wrap.ts'
import { code, emphasized, type Piece, strong } from './inline.ts'
import { colours, type Type } from './style.ts'

/** Text that has been set; `pieces` are those that its runs come from, one for each. */
export type Prose = { setting: Setting; pieces: Piece[] }

/** Sets pieces in a type, closely where Japanese meets Latin. */
export function setProse(pieces: Piece[], type: Type): Prose {
  const spans: Span[] = []
  const sources: Piece[] = []
  for (const piece of pieces)
    for (const text of isSlanting(piece) ? byScript(piece.text) : [piece.text]) {
      spans.push({ text, style: styleOf(piece, text, type) })
      sources.push(piece)
    }
  return { setting: set(spans, { isSpaced: true }), pieces: sources }
}

/** The least that the last line of running text should have, in ems. */
const leastEnd = 2.5

/** The lines of it; those of running text are spread to the width. */
export function linesOf(prose: Prose, width: number, isSpread = false): TextLine[] {
  const { setting } = prose
  const size = setting.runs[0]?.style.size ?? 0
  const wishes = isSpread ? { leastEnd: leastEnd * size } : { keepsLoanwords: true }
  const lines: TextLine[] = wrap(setting, width, wishes).map(line => ({ setting, ...line }))
  return isSpread ? justify(lines, width) : lines
}

function isSlanting({ look }: Piece) {
  return (look & emphasized) !== 0
}

/** Letters, digits and what is between them; and all else. */
const scripts =
  /[\p{ASCII}\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]+|[^\p{ASCII}\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]+/gu

function byScript(text: string) {
  return text.match(scripts) ?? []
}

/** The styles of each type; a large table has very many pieces, and few styles. */
const known = new WeakMap<Type, (Style | undefined)[]>()

function styleOf(piece: Piece, text: string, type: Type): Style {
  const isSlanted = isSlanting(piece) && isLatinText(text)
  const key = piece.look | (piece.link ? 16 : 0) | (piece.note ? 32 : 0) | (isSlanted ? 64 : 0)
  const styles = known.get(type) ?? []
  known.set(type, styles)
  const style = styles[key] ?? makeStyle(piece, type, isSlanted)
  styles[key] = style
  return style
}

function makeStyle({ look, link, note }: Piece, type: Type, isSlanted: boolean): Style {
  const { size, weight = 'regular', colour = colours.ink } = type
  const style: Style = { size, weight, colour: link || note ? colours.accent : colour }
  if (note) return { ...style, size: size * 0.65, rise: size * 0.38 }
  if (look & code) return { ...style, weight: 'mono', size: size * 0.95 }
  if (look & strong) style.weight = 'bold'
  if (isSlanted) style.isSlanted = true
  return style
}

function isLatinText(text: string) {
  return [...text].some(character => isLatin(character.codePointAt(0) as number))
}
