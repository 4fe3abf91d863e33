import type { Colour, Drawing } from '../../pdf/document.ts'
import { paper } from '../../pdf/document.ts'

/** The page's frame, in points. */
export const left = 48
export const right = paper.width - 48
export const width = right - left
export const firstTop = 64
export const nextTop = 72
export const bottom = paper.height - 64

export const accent: Colour = [0.08, 0.37, 0.29]
export const soft: Colour = [0.36, 0.41, 0.39]
export const hairline: Colour = [0.78, 0.82, 0.8]
export const tint: Colour = [0.94, 0.965, 0.955]

/** Lines of text below each other from the baseline `y` on; gives the next baseline. */
export function paragraph(
  drawing: Drawing,
  lines: string[],
  { x, y, size, leading, ...style }: Paragraph
): number {
  lines.forEach((line, index) => {
    drawing.text(x, y + index * leading, line, { size, ...style })
  })
  return y + lines.length * leading
}

type Paragraph = {
  x: number
  y: number
  size: number
  leading: number
  colour?: Colour
  weight?: 'regular' | 'bold'
  align?: 'left' | 'right'
}

/** `2026年11月23日`, or `2026-11-23` in English. */
export function date(text: string, language: 'ja' | 'en'): string {
  const [year, month, day] = text.split('-').map(Number)
  return language === 'ja' ? `${year}年${month}月${day}日` : text
}
