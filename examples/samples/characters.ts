import { openDocument } from '../../src/pdf/document.ts'
import type { Drawing } from '../../src/pdf/pool.ts'
import { nastyLines } from '../../test/nasty.ts'
import type { Sample } from '../samples.ts'

/** Lines whose characters are easily lost, to be looked at and copied in readers of all sorts. */
async function draw(): Promise<Drawing> {
  const createdAt = new Date('2026-11-23T00:00:00Z')
  const document = openDocument({ title: '文字の見本', language: 'ja', createdAt })
  const page = document.page()
  for (const [index, line] of nastyLines.entries()) {
    page.text(line, { x: 50, y: 70 + index * 36 }, { size: 14 })
    page.text(line, { x: 50, y: 86 + index * 36 }, { size: 9, weight: 'bold', colour: '#155e4b' })
  }
  return { bytes: document.save(), pages: 1, warnings: [] }
}

export const samples: Sample[] = [{ name: 'characters', draw }]
