import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What other programs see in a PDF. For tests: the programs (poppler, qpdf) may be missing. */

/** Grey pixels, 0 for black to 255 for white. */
export type Picture = { width: number; height: number; pixels: Uint8Array }

export type Word = { text: string; left: number; top: number; right: number; bottom: number }

/** The text in the order in which it was drawn, page by page. */
export function textOf(pdf: Uint8Array): string[] {
  const text = run(pdf, file => ['pdftotext', '-raw', file, '-']).toString()
  return text.split('\f').slice(0, -1)
}

/** Each word with its box, in points from the top left corner of its page; page by page. */
export function wordsOf(pdf: Uint8Array): Word[][] {
  const pages = run(pdf, file => ['pdftotext', '-bbox', file, '-'])
    .toString()
    .split('<page ')
  return pages.slice(1).map(page => [...page.matchAll(word)].map(wordFrom))
}

const word =
  /<word xMin="(?<left>.+)" yMin="(?<top>.+)" xMax="(?<right>.+)" yMax="(?<bottom>.+)">(?<text>.+)<\/word>/g

function wordFrom({ groups }: RegExpExecArray): Word {
  const { text = '', left, top, right, bottom } = groups ?? {}
  return {
    text,
    left: Number(left),
    top: Number(top),
    right: Number(right),
    bottom: Number(bottom)
  }
}

/** What qpdf complains about; nothing if the file is sound. */
export function faultsOf(pdf: Uint8Array): string {
  try {
    run(pdf, file => ['qpdf', '--check', file])
    return ''
  } catch (error) {
    return String(error)
  }
}

/** Each font as `name emb sub uni`, where the last three are yes or no. */
export function fontsOf(pdf: Uint8Array): string[] {
  const rows = run(pdf, file => ['pdffonts', file])
    .toString()
    .trim()
    .split('\n')
    .slice(2)
  return rows.map(row => {
    const columns = row.trim().split(/\s+/)
    return [columns[0], ...columns.slice(-5, -2)].join(' ')
  })
}

/** The pages as pixels. */
export function picturesOf(pdf: Uint8Array, dpi: number): Picture[] {
  const pnm = run(pdf, file => ['pdftoppm', '-r', String(dpi), '-gray', file])
  const pictures: Picture[] = []
  for (let start = 0; start < pnm.length; ) {
    const head = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(pnm.toString('latin1', start, start + 64))
    if (!head) throw new Error('pdftoppm printed something else than grey pictures.')
    const [width, height] = [Number(head[1]), Number(head[2])]
    const first = start + head[0].length
    start = first + width * height
    pictures.push({ width, height, pixels: pnm.subarray(first, start) })
  }
  return pictures
}

/** How much is printed within a box, in points: the darkness of its pixels, added up. */
export function inkIn(picture: Picture, box: Omit<Word, 'text'>, dpi: number): number {
  const [left, right, top, bottom] = [box.left, box.right, box.top, box.bottom].map(points =>
    Math.round((points * dpi) / 72)
  ) as [number, number, number, number]
  let ink = 0
  for (let row = top; row < bottom; row += 1)
    for (let column = left; column < right; column += 1)
      ink += 255 - (picture.pixels[row * picture.width + column] as number)
  return ink
}

function run(pdf: Uint8Array, command: (file: string) => string[]): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'proof-'))
  const file = join(folder, 'proof.pdf')
  try {
    writeFileSync(file, pdf)
    const [program = '', ...options] = command(file)
    return execFileSync(program, options, { maxBuffer: 2 ** 30, stdio: ['ignore', 'pipe', 'pipe'] })
  } finally {
    rmSync(folder, { recursive: true })
  }
}
