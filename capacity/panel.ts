import { clockTime } from './table.ts'

type Point = { x: number; y: number | undefined }

/** One diagram over time, in seconds from midnight; its axis reaches at least to `least`. */
export type Panel = {
  name: string
  least?: number
  curves: { label: string; points: Point[] }[]
}

/** Where it is drawn and what time it shows; `every` seconds there is a label. */
export type Frame = {
  left: number
  top: number
  width: number
  from: number
  to: number
  every: number
}

const inner = 108
const colours = ['first', 'second']

type Scale = { x(seconds: number): number; y(value: number): number }

/** Draws it; 26 pixels of the frame are for its name and 24 for the times. */
export function panel({ name, least = 1, curves }: Panel, frame: Frame): string {
  const { left, top, from, to, width } = frame
  const shown = curves.map(({ label, points }) => ({
    label,
    points: points.filter(({ x }) => x >= from && x <= to)
  }))
  const values = shown.flatMap(({ points }) => points.map(({ y }) => y ?? 0))
  const step = niceStep(Math.max(least, ...values))
  const most = Math.ceil(Math.max(least, ...values) / step) * step
  const scale: Scale = {
    x: seconds => left + (width * (seconds - from)) / (to - from),
    y: value => top + 26 + inner * (1 - value / most)
  }
  return [
    `  <text x="${left}" y="${top + 14}">${name}</text>`,
    ...keys(shown, frame),
    ...rows(most, step, scale, frame),
    ...times(scale, frame),
    ...shown.map(({ points }, index) => curve(points, scale, colours[index] ?? ''))
  ].join('\n')
}

/** 1, 2 or 5 times a power of ten, so that there are at most five of them. */
export function niceStep(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most / 5))
  return ([1, 2, 5].find(times => times * power * 5 >= most) ?? 10) * power
}

function keys(curves: Panel['curves'], { left, top, width }: Frame) {
  return curves.map(({ label }, index) => {
    const x = left + width - 116 * (curves.length - index)
    const mark = `<rect class="key-${colours[index]}" x="${x}" y="${top + 8}" width="12" height="4"/>`
    return `  ${mark}<text class="faint" x="${x + 17}" y="${top + 14}">${label}</text>`
  })
}

function rows(most: number, step: number, { y }: Scale, { left, width }: Frame) {
  return Array.from({ length: Math.round(most / step) + 1 }, (_, index) => {
    const value = Number((index * step).toPrecision(3))
    const at = y(value).toFixed(1)
    const line = `<line class="rule" x1="${left}" y1="${at}" x2="${left + width}" y2="${at}"/>`
    return `  ${line}<text class="faint" x="${left - 8}" y="${at}" dy="4" text-anchor="end">${value.toLocaleString('en')}</text>`
  })
}

function times({ x }: Scale, { top, from, to, every }: Frame) {
  const count = Math.floor((to - from) / every)
  return Array.from({ length: count + 1 }, (_, index) => {
    const seconds = from + index * every
    return `  <text class="faint" x="${x(seconds).toFixed(1)}" y="${top + 26 + inner + 17}" text-anchor="middle">${clockTime(seconds)}</text>`
  })
}

/** A span without a value leaves a gap. Points on a level line are left out. */
function curve(points: Point[], { x, y }: Scale, colour: string) {
  let pen = 'M'
  const path = points.flatMap(({ x: seconds, y: value }, index) => {
    if (value === undefined) {
      pen = 'M'
      return []
    }
    if (isLevel(points, index)) return []
    const move = `${pen}${x(seconds).toFixed(1)} ${y(value).toFixed(1)}`
    pen = 'L'
    return [move]
  })
  return `  <path class="curve ${colour}" d="${path.join('')}"/>`
}

function isLevel(points: Point[], index: number) {
  const [before, own, after] = [points[index - 1], points[index], points[index + 1]]
  return before !== undefined && after !== undefined && before.y === own?.y && own?.y === after.y
}
