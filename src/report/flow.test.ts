import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openPage, type Page } from '../pdf/page.ts'
import { openFlow } from './flow.ts'
import type { Footnote, Spaced, Strip } from './galley.ts'
import { area } from './style.ts'

type Placed = { name: string; page: number; top: number }

/** A flow, and strips that tell where they have come to stand. */
function openTrial() {
  const pages: Page[] = []
  const placed: Placed[] = []
  const flow = openFlow(() => {
    const page = openPage(new Set())
    pages.push(page)
    return page
  })
  const strip = (name: string, height: number, more: Partial<Strip> = {}): Strip => ({
    height,
    ...more,
    draw: (page, top) => void placed.push({ name, page: pages.indexOf(page), top })
  })
  const note = (name: string, ...heights: number[]): Footnote => {
    const strips = heights.map(
      (height, at): Spaced => ({ ...strip(`${name}${at}`, height), gap: 0 })
    )
    return { strips: () => strips, target: { y: 0 } }
  }
  const where = (name: string) => placed.filter(one => one.name === name).map(({ page }) => page)
  return { flow, strip, note, placed, where, pages }
}

const whole = area.bottom - area.top

test('what keeps together goes to the next page together', () => {
  const { flow, strip, where } = openTrial()
  flow.add(strip('text', whole - 50))
  flow.add(strip('heading', 30, { keeps: true }))
  flow.add(strip('line', 30))
  flow.finish()
  assert.deepEqual([where('text'), where('heading'), where('line')], [[0], [1], [1]])
})

test('what is higher than a page is divided all the same', () => {
  const { flow, strip, where, pages } = openTrial()
  for (let at = 0; at < 40; at += 1) flow.add(strip('line', 50, { keeps: true }))
  flow.finish()
  assert.equal(where('line').length, 40)
  assert.equal(pages.length, Math.ceil(40 / Math.floor(whole / 50)))
})

test('white is left out at the top of a page, and of two wishes the larger counts', () => {
  const { flow, strip, placed } = openTrial()
  flow.space(20)
  flow.add(strip('a', whole - 100))
  flow.space(10)
  flow.space(20)
  flow.add(strip('b', 70))
  flow.space(20)
  flow.add(strip('c', 50))
  flow.finish()
  assert.deepEqual(
    placed.map(({ top }) => top - area.top),
    [0, whole - 80, 0]
  )
})

test('a head is repeated on each page that begins inside its table', () => {
  const { flow, strip, where } = openTrial()
  const head = strip('head', 20)
  for (let at = 0; at < 60; at += 1) flow.add(strip('row', 30, { head }))
  flow.finish()
  assert.deepEqual(where('head'), [1, 2])
})

test('notes stand at the foot of the page that refers to them', () => {
  const { flow, strip, note, placed } = openTrial()
  flow.add(strip('a', 100, { notes: [note('n', 12, 12)] }))
  flow.add(strip('b', 100))
  flow.finish()
  const last = placed.at(-1) as Placed
  assert.equal(last.name, 'n1')
  assert.ok(Math.abs(last.top + 12 - area.bottom) < 1e-9)
  assert.deepEqual(
    placed.map(({ name, page }) => name + page),
    ['a0', 'b0', 'n00', 'n10']
  )
})

test('a line goes to the next page with its note', () => {
  const { flow, strip, note, where } = openTrial()
  flow.add(strip('a', whole - 40))
  flow.add(strip('b', 17, { notes: [note('n', 12, 12)] }))
  flow.finish()
  assert.deepEqual([where('b'), where('n0')], [[1], [1]])
})

test('a note that is referred to twice is placed once', () => {
  const { flow, strip, note, where } = openTrial()
  const notes = [note('n', 12)]
  flow.add(strip('a', 100, { notes }))
  flow.add(strip('b', whole, { notes }))
  flow.finish()
  assert.deepEqual(where('n0'), [0])
})

test('a note longer than a page goes on at the foot of the next ones, below some text', () => {
  const { flow, strip, note, placed, pages } = openTrial()
  const heights = Array.from({ length: 150 }, () => 12)
  flow.add(strip('a', 17, { notes: [note('n', ...heights)] }))
  for (let at = 0; at < 4; at += 1) flow.add(strip('b', 17))
  flow.finish()
  assert.equal(placed.filter(({ name }) => name.startsWith('n')).length, 150)
  assert.ok(placed.every(({ top }) => top >= area.top && top < area.bottom))
  assert.equal(pages.length, 3)
})

test('a note does not overtake the rest of one that goes on on the next page', () => {
  const { flow, strip, note, placed } = openTrial()
  flow.add(strip('a', whole - 200, { notes: [note('n', 12, 300, 12)] }))
  flow.add(strip('b', 17, { notes: [note('m', 12)] }))
  flow.finish()
  assert.deepEqual(
    placed.map(({ name, page }) => name + page),
    ['a0', 'b0', 'n00', 'n11', 'n21', 'm01']
  )
})

test('notes may refer to notes, and to themselves', () => {
  const { flow, strip, placed } = openTrial()
  const refer = (name: string, notes: Footnote[]): Footnote => ({
    strips: () => [{ ...strip(name, 12, { notes }), gap: 0 }],
    target: { y: 0 }
  })
  const circle: Footnote[] = []
  circle.push(refer('one', [refer('two', circle)]))
  flow.add(strip('a', 17, { notes: circle }))
  flow.finish()
  assert.deepEqual(
    placed.map(({ name }) => name),
    ['a', 'one', 'two']
  )
})

test('a report of too many pages is refused', () => {
  const { flow, strip } = openTrial()
  const endless = () => {
    for (;;) flow.add(strip('a', whole))
  }
  assert.throws(endless, /more than 5,000 pages/)
})
