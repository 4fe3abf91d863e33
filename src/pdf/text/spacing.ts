import { isLatin } from './kinsoku.ts'
import type { Setting, Style } from './setting.ts'

/**
 * Moves what is set: a quarter of an em between Japanese and Latin (四分アキ), and the white halves of signs
 * that meet taken out (JIS X 4051).
 */
export function space({ length, codes, widths, runs }: Setting) {
  let run = 0
  for (let at = 1; at < length; at += 1) {
    const { size } = (runs[run] as { style: Style }).style
    while ((runs[run] as { end: number }).end <= at) run += 1
    // A raised mark belongs to what it stands behind.
    if ((runs[run] as { style: Style }).style.rise) continue
    const [before, after] = [codes[at - 1] as number, codes[at] as number]
    if (isMixed(before, after)) widths[at - 1] = (widths[at - 1] as number) + size / 4
    else if (isHollow(before, after)) widths[at - 1] = (widths[at - 1] as number) - size / 2
  }
}

/** Japanese beside Latin; signs belong to neither. */
function isMixed(before: number, after: number) {
  return (isJapanese(before) && isLatin(after)) || (isLatin(before) && isJapanese(after))
}

/** Full-width brackets, commas and full stops whose white halves meet. */
function isHollow(before: number, after: number) {
  if (before < 0x3001 || after < 0x3001) return false
  const last = sideOf(before)
  const next = sideOf(after)
  return last === isClosing ? next !== 0 : last === isOpening && next === isOpening
}

const [isOpening, isClosing] = [1, 2]

/** On which side of its square the ink is not: before an opening sign, after a closing one. */
function sideOf(code: number) {
  if (code >= 0x3008 && code <= 0x301b)
    return code === 0x3012 || code === 0x3013 ? 0 : code % 2 === 0 ? isOpening : isClosing
  if (code === 0x3001 || code === 0x3002 || code === 0xff0c || code === 0xff0e) return isClosing
  if (code === 0xff08 || code === 0xff3b || code === 0xff5b) return isOpening
  return code === 0xff09 || code === 0xff3d || code === 0xff5d ? isClosing : 0
}

/** Kana and kanji. */
function isJapanese(code: number) {
  if (code < 0x3041) return code === 0x3005 || code === 0x3006
  return code <= 0x30ff ? code !== 0x30fb : (code >= 0x3400 && code <= 0x9fff) || code >= 0x20000
}
