import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDocument } from '../../src/pdf/document.ts'
import type { Page } from '../../src/pdf/page.ts'

/**
 * `node examples/pictures/draw.ts`: draws the logo and the seal (印影) of the company in the examples, and the curve in
 * its report, again, with the engine itself and poppler.
 */
const green = '#155e4b'
const red = '#c2272d'

/** A circle, since a dot of a dotted line is round. */
function circle(page: Page, x: number, y: number, width: number) {
  page.line({ x1: x, y1: y, x2: x + 0.1, y2: y, width, dots: 2 * width }, green)
}

function drawLogo(page: Page) {
  circle(page, 20, 18, 32)
  const middle = { x: 20, y: 25, align: 'center' } as const
  page.text('豆', middle, { size: 19, weight: 'bold', colour: '#ffffff' })
  page.text('まめや珈琲', { x: 44, y: 22 }, { size: 19, weight: 'bold', colour: green })
  page.text('MAMEYA COFFEE ROASTERS', { x: 44.5, y: 32 }, { size: 7.4, colour: green })
}

/** A square one (角印), read from the right. */
function drawSeal(page: Page) {
  const side = 58
  const frame = 2
  for (const box of [
    { x: 0, y: 0, width: side, height: frame },
    { x: 0, y: side - frame, width: side, height: frame },
    { x: 0, y: 0, width: frame, height: side },
    { x: side - frame, y: 0, width: frame, height: side }
  ])
    page.rect(box, red)
  for (const [column, text] of ['株式会社', 'まめや珈', '琲之印'].entries()) {
    const x = side - 11.5 - column * 17.5
    const step = (side - 8) / text.length
    for (const [row, character] of [...text].entries()) {
      const y = 4 + (row + 0.5) * step + 4.6
      page.text(character, { x, y, align: 'center' }, { size: 12.2, weight: 'bold', colour: red })
    }
  }
}

/** Degrees of the beans at each minute: they cool the drum first, then follow it. */
const degrees = [190, 104, 96, 118, 138, 154, 168, 180, 190, 199, 207, 213]

function drawCurve(page: Page) {
  const grey = '#c9ced1'
  const [left, right, top, bottom] = [34, 310, 14, 140]
  const place = (minute: number, degree: number) => ({
    x: left + (minute / 11) * (right - left),
    y: bottom - ((degree - 80) / 140) * (bottom - top)
  })
  page.rect({ x: 0, y: 0, width: 320, height: 170 }, '#ffffff')
  for (let degree = 80; degree <= 220; degree += 35) {
    const { y } = place(0, degree)
    page.line({ x1: left, y1: y, x2: right, y2: y, width: 0.5 }, grey)
    page.text(`${degree}℃`, { x: left - 4, y: y + 2.5, align: 'right' }, { size: 7 })
  }
  for (const [minute, degree] of degrees.entries()) {
    const { x, y } = place(minute, degree)
    page.text(String(minute), { x, y: bottom + 11, align: 'center' }, { size: 7 })
    const next = degrees[minute + 1]
    if (next === undefined) continue
    const end = place(minute + 1, next)
    page.line({ x1: x, y1: y, x2: end.x, y2: end.y, width: 2 }, green)
  }
  page.text('投入からの時間（分）', { x: right, y: bottom + 23, align: 'right' }, { size: 7 })
}

/** What is drawn within the size, in points, as a file beside this one; 300 dots are an inch. */
function save(name: string, draw: (page: Page) => void, [width, height]: [number, number]) {
  const document = openDocument({ title: name, language: 'ja', createdAt: new Date(0) })
  draw(document.page())
  const folder = mkdtempSync(join(tmpdir(), 'picture-'))
  const pdf = join(folder, 'a.pdf')
  try {
    writeFileSync(pdf, document.save())
    const pixels = (points: number) => String(Math.round((points * 300) / 72))
    const window = ['-r', '300', '-x', '0', '-y', '0', '-W', pixels(width), '-H', pixels(height)]
    const form = name.endsWith('.jpg') ? ['-jpeg', '-jpegopt', 'quality=90'] : ['-png', '-transp']
    const picture = execFileSync('pdftocairo', [...form, '-singlefile', ...window, pdf, '-'])
    writeFileSync(join(import.meta.dirname, name), picture)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

save('logo.jpg', drawLogo, [148, 36])
save('seal.png', drawSeal, [58, 58])
save('roast-curve.png', drawCurve, [320, 170])
