import assert from 'node:assert/strict'
import { test } from 'node:test'
import { greyJpeg, png } from '../../../test/picture.ts'
import { readOrder } from '../../queue/order.ts'
import { report } from './job.ts'
import { picture } from './picture.ts'
import { markdownFile, textIn } from './source.ts'

const delivery = { email: 'hanako@example.jp', language: 'ja' }
const nowhere = { read: async () => Buffer.from('# 豆') }
const read = (payload: object) => readOrder(report, { ...delivery, ...payload }, nowhere)
const pathsOf = async (payload: object) => {
  const reading = await read(payload)
  return 'problems' in reading ? reading.problems.map(({ path }) => path) : []
}
const file = { key: `uploads/${'a'.repeat(32)}`, name: 'a.md', bytes: 5 }

test('indents and tabs of the text survive', async () => {
  const reading = await read({ title: ' T ', text: '\n\n    code\r\n\tmore\n\n- a\n\t- b\n ' })
  assert.ok('order' in reading)
  const { title, text } = JSON.parse(reading.order.payload)
  assert.deepEqual([title, text], ['T', '    code\n\tmore\n\n- a\n\t- b'])
})

test('a report has a title, and a text or a file', async () => {
  assert.deepEqual(await pathsOf({ text: '豆' }), ['title'])
  assert.deepEqual(await pathsOf({ title: 'T' }), ['text'])
  assert.deepEqual(await pathsOf({ title: 'T', text: '豆', date: '11/23' }), ['date'])
  assert.deepEqual(await pathsOf({ title: 'T', text: '豆' }), [])
  assert.deepEqual(await pathsOf({ title: 'T', file: { ...file, bytes: 5 } }), [])
  assert.deepEqual(await pathsOf({ title: 'T', text: '豆', file }), ['file'])
})

test('a text of 300,000 characters is taken, and a longer one is not', async () => {
  assert.deepEqual(await pathsOf({ title: 'T', text: '豆'.repeat(300_000) }), [])
  assert.deepEqual(await pathsOf({ title: 'T', text: '豆'.repeat(300_001) }), ['text'])
})

test('up to five pictures come with the text, each under a name of its own', async () => {
  const bytes = png()
  const uploads = { read: async () => bytes }
  const picture = (name: string) => ({ ...file, name, bytes: bytes.length })
  const problems = async (pictures: object) => {
    const order = { ...delivery, title: 'T', text: '豆', ...pictures }
    const reading = await readOrder(report, order, uploads)
    return 'problems' in reading ? reading.problems.map(({ path }) => path) : []
  }
  const names = ['picture1', 'picture2', 'picture3', 'picture4', 'picture5']
  const all = Object.fromEntries(names.map(name => [name, picture(`${name}.png`)]))
  assert.deepEqual(await problems(all), [])
  assert.deepEqual(await problems({ picture6: picture('a.png') }), ['picture6'])
  const same = {
    picture2: picture('豆.png'),
    picture4: picture('図.PNG'),
    picture5: picture('図.png')
  }
  assert.deepEqual(await problems(same), ['picture5'])
})

test('a picture is looked at before the order is taken, without unpacking it', () => {
  assert.equal(picture.check?.(png()), undefined)
  assert.equal(picture.check?.(greyJpeg()), undefined)
  assert.match(picture.check?.(Buffer.from('<svg/>'))?.en ?? '', /neither a PNG nor a JPEG/)
  assert.match(picture.check?.(png().subarray(0, 50))?.en ?? '', /cut off/)
  const huge = png({ width: 20_000, height: 20_000 })
  assert.match(picture.check?.(huge)?.en ?? '', /too many pixels/)
})

test('a file is read as UTF-8, with or without its mark, as UTF-16, or as CP932', () => {
  for (const bytes of [
    Buffer.from('# 髙豆'),
    Buffer.from('\ufeff# 髙豆'),
    Buffer.from('\ufeff# 髙豆', 'utf16le'),
    Buffer.from([0x23, 0x20, 0xfb, 0xfc, 0x93, 0xa4])
  ])
    assert.equal(textIn(bytes), '# 髙豆')
})

test('a file that is no text is refused', () => {
  for (const bytes of [Buffer.from([0x50, 0x4b, 3, 4, 0, 0]), Buffer.from('\n \n')])
    assert.match(markdownFile.check?.(bytes)?.en ?? '', /can’t be read as text/)
  assert.equal(markdownFile.check?.(Buffer.from('豆')), undefined)
})
