import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { openPage } from '../test/browser.ts'
import { openFolder } from '../test/line.ts'
import { needs } from '../test/needs.ts'

const main = join(import.meta.dirname, 'main.ts')

function capacity(args: string[]) {
  return new Promise<{ code: number; output: string; complaint: string }>(resolve =>
    execFile(process.execPath, [main, ...args], (error, output, complaint) =>
      resolve({ code: error ? Number(error.code) : 0, output, complaint })
    )
  )
}

/** A plot of a small day, and what was said. */
async function draw(t: TestContext, args: string[] = []) {
  const file = join(openFolder(t), 'day.svg')
  const small = ['--jobs-per-day', '5000', '--burst', '2000', '--target-value', '50']
  const { code, output, complaint } = await capacity([...small, '--out', file, ...args])
  assert.equal(code, 0, complaint)
  return { file, svg: readFileSync(file, 'utf8'), output: output.split('Plot: ')[0] }
}

test('a day is told by the hour and in sum, and drawn', async t => {
  const { output = '', svg } = await draw(t)
  assert.match(output, /^Target 50 messages per instance/)
  assert.equal(output.match(/^\d\d:00 /gm)?.length, 24)
  assert.match(output, /Jobs: 7000 sent, 7000 done, 0 left at midnight/)
  assert.match(svg, /7,000 jobs · target 50 messages per instance/)
})

test('the same seed gives the same day, another one another', async t => {
  const [first, again, other] = [await draw(t), await draw(t), await draw(t, ['--seed', '2'])]
  assert.equal(first.svg, again.svg)
  assert.equal(first.output, again.output)
  assert.notEqual(first.svg, other.svg)
})

test('the plot in the documentation is what the deployment comes to', async t => {
  const file = join(openFolder(t), 'scaling.svg')
  const { code, complaint } = await capacity(['--out', file])
  assert.equal(code, 0, complaint)
  const kept = readFileSync(join(import.meta.dirname, '../docs/scaling.svg'), 'utf8')
  assert.ok(kept === readFileSync(file, 'utf8'), 'docs/scaling.svg is old: npm run capacity')
})

test('more instances make the burst wait for less', async t => {
  const longest = async (args: string[]) => {
    const { output } = await draw(t, ['--seconds-per-job', '3', ...args])
    return Number(/longest ([\d.]+) min/.exec(output ?? '')?.[1])
  }
  assert.ok((await longest(['--max-size', '20'])) < (await longest(['--max-size', '2'])))
})

test('--help names every flag with its value, and a wrong one is explained', async () => {
  const { output } = await capacity(['--help'])
  for (const flag of ['jobs-per-day', 'burst', 'seconds-per-job', 'seed', 'target-value', 'out'])
    assert.match(output, new RegExp(`--${flag}\\b`))
  const wrong = async (...args: string[]) => {
    const { code, complaint } = await capacity(args)
    assert.equal(code, 1)
    return complaint
  }
  assert.match(await wrong('--burst', 'many'), /--burst is "many": give a whole number, 0 or more./)
  assert.match(await wrong('--burst', '-5'), /--burst is "-5": give a whole number, 0 or more./)
  assert.match(await wrong('--cores', '1.5'), /--cores is "1.5": give a whole number, 1 or more./)
  assert.match(await wrong('--cores', ''), /--cores is ""/)
  assert.match(await wrong('--speed', '1'), /Unknown option '--speed'; --help lists the flags./)
  assert.match(await wrong('--max-size', '1', '--min-size', '2'), /raise --max-size/)
  assert.match(await wrong('--root', '/nowhere'), /worker-scaling.yaml is not there/)
})

test('a plot that has no place is told of in a sentence, without a table', async () => {
  const { code, output, complaint } = await capacity(['--out', '/nowhere/x.svg'])
  assert.deepEqual([code, output], [1, ''])
  assert.match(complaint, /^The plot can't go to \/nowhere\/x.svg \(ENOENT\): name a file /)
})

test('whoever reads only the first lines ends nothing with an error', async t => {
  const file = join(openFolder(t), 'day.svg')
  const child = spawn(process.execPath, [main, '--jobs-per-day', '5000', '--out', file])
  child.stdout.destroy()
  const [[code], complaint] = await Promise.all([once(child, 'exit'), text(child.stderr)])
  assert.deepEqual([code, complaint], [0, ''])
})

test('the plot is readable on a light and on a dark page', {
  skip: needs('chromium')
}, async t => {
  const { file } = await draw(t)
  const { page } = await openPage(t, { viewport: { width: 900, height: 700 } })
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.goto(pathToFileURL(file).href)
    const texts = (await page.evaluate(lookAtTexts)) as Text[]
    assert.ok(texts.length > 40)
    for (const { words, box, fill, paper } of texts) {
      assert.ok(box.left >= 0 && box.right <= 860 && box.top >= 0 && box.bottom <= 640, words)
      assert.ok(contrast(fill, paper) >= 4.5, `${words}: ${fill} on ${paper}`)
    }
  }
})

type Text = {
  words: string
  box: { left: number; right: number; top: number; bottom: number }
  fill: string
  paper: string
}

const lookAtTexts = `[...document.querySelectorAll('text')].map(text => ({
  words: text.textContent,
  box: text.getBoundingClientRect().toJSON(),
  fill: getComputedStyle(text).fill,
  paper: getComputedStyle(document.querySelector('.paper')).fill
}))`

/** WCAG 2.2, contrast ratio of two `rgb(…)`. */
function contrast(one: string, other: string) {
  const [dark = 0, light = 0] = [one, other].map(luminance).sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

function luminance(colour: string) {
  const [red = 0, green = 0, blue = 0] = (colour.match(/\d+/g) ?? []).map(text => {
    const part = Number(text) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
