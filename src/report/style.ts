import { paper } from '../pdf/page.ts'
import type { Colour, Style } from '../pdf/text/setting.ts'

/** Where the text is on each page, in points from its top left corner: 44 characters wide. */
const width = 440
const left = (paper.width - width) / 2
export const area = { left, width, right: left + width, top: 84, bottom: paper.height - 80 }

export const colours = {
  ink: '#1d2624',
  soft: '#63706b',
  rule: '#d3dad6',
  shade: '#f2f5f3',
  accent: '#155e4b'
} satisfies Record<string, Colour>

/** A style with its line height, in points. */
export type Type = Style & { leading: number }

export const body: Type = { size: 10, leading: 17, colour: colours.ink }
export const small: Type = { size: 8, leading: 12.5, colour: colours.ink }
export const margin: Type = { size: 8, leading: 12, colour: colours.soft }
export const codeType: Type = { size: 8.5, leading: 13, weight: 'mono', colour: colours.ink }

/** By level; `above` and `below` are white. */
export const headings: (Type & { above: number; below: number })[] = [
  { size: 17, leading: 25, above: 30, below: 12, weight: 'bold', colour: colours.accent },
  { size: 13, leading: 20, above: 24, below: 7, weight: 'bold', colour: colours.ink },
  { size: 11, leading: 18, above: 18, below: 5, weight: 'bold', colour: colours.ink },
  { size: 10, leading: 17, above: 14, below: 4, weight: 'bold', colour: colours.accent },
  { size: 10, leading: 17, above: 12, below: 3, weight: 'bold', colour: colours.soft },
  { size: 9, leading: 15, above: 12, below: 3, weight: 'bold', colour: colours.soft }
]

/** Centres the characters, which reach about 0.76 em up, in a line that begins at `top`. */
export function baseline(top: number, { size, leading }: Type): number {
  return top + leading / 2 + size * 0.37
}
