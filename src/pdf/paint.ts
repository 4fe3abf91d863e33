import { type Face, fontOf } from './font/fonts.ts'
import { numeral } from './number.ts'
import type { Element } from './structure.ts'
import { type Colour, runAt, type Setting, widthOf } from './text/setting.ts'
import { nameOf, note, type Use } from './use.ts'

export type Box = { x: number; y: number; width: number; height: number }
/** A line from one point to another; with `dots`, of round dots that are so far apart. */
export type Rule = { x1: number; y1: number; x2: number; y2: number; width: number; dots?: number }

/** Something on a page, in points from its top left corner; `y` of text is its baseline. */
export type Mark =
  | {
      kind: 'text'
      x: number
      y: number
      setting: Setting
      start: number
      end: number
      /** What the setting's widths hold after most characters beyond their own, in points. */
      spacing: number
    }
  | { kind: 'boxes'; boxes: Box[]; colour: Colour; owner?: Element | undefined }
  | ({ kind: 'line'; colour: Colour; owner?: undefined } & Rule)
  | ({ kind: 'image'; name: string } & Box)

/** 12°, as oblique faces have. */
const slant = 0.21

const hex = Array.from({ length: 65_536 }, (_, code) => code.toString(16).padStart(4, '0'))

/** Turns marks into operators (ISO 32000-1, Annex A), and notes which characters they use. */
export function openPainter(height: number, use: Use) {
  const out: string[] = []
  const state = { fill: '', stroke: '', width: 0, font: '', size: 0, rise: 0, spacing: '0' }

  function fill(colour: Colour) {
    if (state.fill !== colour) out.push(`${components(colour)} rg`)
    state.fill = colour
  }

  function stroke(colour: Colour, width: number) {
    if (state.stroke !== colour) out.push(`${components(colour)} RG`)
    if (state.width !== width) out.push(`${numeral(width)} w`)
    Object.assign(state, { stroke: colour, width })
  }

  function choose(font: string, size: number) {
    if (state.font !== font || state.size !== size) out.push(`/${font} ${numeral(size)} Tf`)
    Object.assign(state, { font, size })
  }

  function raise(rise: number) {
    if (state.rise !== rise) out.push(`${numeral(rise)} Ts`)
    state.rise = rise
  }

  /** Finer than other lengths, since it adds up along the line. */
  function space(spacing: number) {
    const text = String(Math.round(spacing * 10_000) / 10_000)
    if (state.spacing !== text) out.push(`${text} Tc`)
    state.spacing = text
  }

  function move(x: number, y: number, isSlanted: boolean) {
    out.push(`1 0 ${isSlanted ? slant : 0} 1 ${numeral(x)} ${numeral(height - y)} Tm`)
  }

  function text({ x, y, setting, start, end, spacing }: Extract<Mark, { kind: 'text' }>) {
    const { runs } = setting
    let isSlanted = false
    out.push('BT')
    move(x, y, isSlanted)
    space(spacing)
    for (let [at, run] = [start, runAt(setting, start)]; at < end; run += 1) {
      const { end: runEnd, style } = runs[run] as Setting['runs'][number]
      fill(style.colour ?? '#000000')
      raise(style.rise ?? 0)
      if (isSlanted !== (style.isSlanted ?? false)) {
        isSlanted = !isSlanted
        move(x + widthOf(setting, start, at), y, isSlanted)
      }
      at = show(setting, at, Math.min(end, runEnd), style.size, spacing)
    }
    out.push('ET')
  }

  /** Shows characters of one style, font by font. */
  function show(setting: Setting, start: number, end: number, size: number, spacing: number) {
    let at = start
    while (at < end) {
      const face = setting.faces[at] as Face
      const from = at
      do at += 1
      while (at < end && setting.faces[at] === face)
      choose(nameOf(face), size)
      out.push(showOperator(setting, from, at, face, size, spacing))
    }
    return at
  }

  function showOperator(
    setting: Setting,
    start: number,
    end: number,
    face: Face,
    size: number,
    spacing: number
  ) {
    const { widths } = fontOf(face)
    const perMille = 1000 / size
    const usual = spacing * perMille
    let isMoved = false
    let codes = ''
    for (let at = start; at < end; at += 1) {
      const cid = setting.cids[at] as number
      note(use, face, cid)
      codes += hex[cid]
      // What the setting moves on beyond the character's own width and what is usual, in thousandths of an em.
      const extra = (setting.widths[at] as number) * perMille - (widths[cid] as number) - usual
      if (Math.abs(extra) < 1) continue
      isMoved = true
      codes += `>${numeral(-extra)}<`
    }
    return isMoved ? `[<${codes}>]TJ` : `<${codes}>Tj`
  }

  function boxes({ boxes, colour }: Extract<Mark, { kind: 'boxes' }>) {
    fill(colour)
    for (const box of boxes) out.push(`${corners(box)} re`)
    out.push('f')
  }

  function corners({ x, y, width, height: high }: Box) {
    return [x, height - y - high, width, high].map(numeral).join(' ')
  }

  function line({ x1, y1, x2, y2, width, colour, dots }: Extract<Mark, { kind: 'line' }>) {
    stroke(colour, width)
    if (dots) out.push(`1 J [0 ${numeral(dots)}] 0 d`)
    const from = `${numeral(x1)} ${numeral(height - y1)} m`
    out.push(from, `${numeral(x2)} ${numeral(height - y2)} l`, 'S')
    if (dots) out.push('0 J [] 0 d')
  }

  function image({ name, x, y, width, height: high }: Extract<Mark, { kind: 'image' }>) {
    const matrix = [width, 0, 0, high, x, height - y - high].map(numeral).join(' ')
    out.push('q', `${matrix} cm`, `/${name} Do`, 'Q')
  }

  return {
    mark(mark: Mark) {
      if (mark.kind === 'text') text(mark)
      else if (mark.kind === 'boxes') boxes(mark)
      else if (mark.kind === 'line') line(mark)
      else image(mark)
    },
    operator: (operator: string) => void out.push(operator),
    /** All of it, as the bytes of a content stream. */
    content: () => Buffer.from(out.join('\n'), 'latin1')
  }
}

const known = new Map<Colour, string>()

function components(colour: Colour): string {
  const found = known.get(colour) ?? compute(colour)
  known.set(colour, found)
  return found
}

function compute(colour: Colour) {
  const value = Number.parseInt(colour.slice(1), 16)
  return [16, 8, 0]
    .map(shift => String(Math.round(((value >> shift) & 255) / 0.255) / 1000))
    .join(' ')
}
