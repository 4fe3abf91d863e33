import { test } from 'node:test'
import { compareInk } from '../../test/ink.ts'
import { nastyLines } from '../../test/nasty.ts'
import { needs } from '../../test/needs.ts'
import { openDocument } from './document.ts'
import { paragraphOf } from './text/line.ts'
import type { Colour, Style } from './text/setting.ts'

const skip = needs('pdftoppm')

async function assertInk(lines: string[], style: Style, isSpaced = false) {
  const document = openDocument({ title: '', language: 'ja', createdAt: new Date(0) })
  await compareInk(document, recorder => {
    const page = recorder.page()
    for (const [index, text] of lines.entries()) {
      const [line] = paragraphOf([{ text, style }], 500, { isSpaced })
      if (line) page.put(line, { x: 50, y: 50 + index * 36 })
    }
  })
}

test('nasty lines have the ink that whole fonts give them', { skip }, () =>
  assertInk(nastyLines, { size: 12 })
)

test('so have bold ones of a colour', { skip }, () =>
  assertInk(nastyLines, { size: 9.5, weight: 'bold', colour: '#155e4b' as Colour })
)

test('so have those where Japanese and Latin are set apart', { skip }, () =>
  assertInk(['第3版のPDFを2026年にNode.jsで12,500部', '😀と☺とA'], { size: 14 }, true)
)
