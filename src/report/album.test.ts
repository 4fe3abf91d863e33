import assert from 'node:assert/strict'
import { test } from 'node:test'
import { needs } from '../../test/needs.ts'
import { chunk, dataUrl, greyJpeg, png } from '../../test/picture.ts'
import { faultsOf, picturesOf, textOf } from '../../test/proof.ts'
import { openDocument } from '../pdf/document.ts'
import { openAlbum, type PictureFile } from './album.ts'
import { draw } from './pdf.ts'
import { readMarkdown } from './read.ts'

const wishes = { language: 'ja', createdAt: new Date(0) } as const
const drawn = (text: string, pictures: PictureFile[] = [], language: 'ja' | 'en' = 'ja') =>
  draw({ report: { title: 'T', text }, ...wishes, language, pictures }, { progress() {} })

const file = (name: string, bytes: Uint8Array = png()): PictureFile => ({ name, bytes })

/** Whether the picture that a text names is the file of this name. */
function isFound(named: string, name: string) {
  const album = openAlbum(openDocument({ title: '', ...wishes }), [file(name)])
  const [figure] = readMarkdown(`![豆](${named})`)
  assert.ok(figure?.kind === 'figure', named)
  return album.find(figure) !== undefined && album.unused.size === 0
}

test('a picture is named by its file, as people write that', () => {
  const right: [named: string, name: string][] = [
    ['curve.png', 'curve.png'],
    ['images/curve.png', 'curve.png'],
    ['../a/./curve.png', 'curve.png'],
    ['C:\\images\\curve.png', 'curve.png'],
    ['Curve.PNG', 'curve.png'],
    ['焙煎曲線.png', '焙煎曲線.png'],
    ['図/焙煎曲線.png', '焙煎曲線.png'],
    ['%E8%B1%86.png', '豆.png'],
    ['カ\u3099.png', 'ガ.png'],
    ['<図 1.png>', '図 1.png'],
    ['図%201.png', '図 1.png'],
    ['図#1.png', '図#1.png'],
    ['100%.png', '100%.png'],
    ['a%20b.png', 'a%20b.png'],
    ['%E8.png', '%E8.png']
  ]
  for (const [named, name] of right) assert.ok(isFound(named, name), named)
})

test('another name, or an address on the web, is no file that was sent', () => {
  for (const named of [
    'curve.jpg',
    'curve',
    'curve.png/',
    'https://example.jp/curve.png',
    '//example.jp/curve.png'
  ])
    assert.ok(!isFound(named, 'curve.png'), named)
})

test('a file that was sent is drawn where the text names it', {
  skip: needs('pdftoppm', 'qpdf')
}, async () => {
  const black = png({ width: 100, height: 100, rows: Buffer.alloc(101 * 100) })
  const { bytes, warnings } = await drawn('![焙煎曲線](images/Curve.png)', [
    file('curve.png', black)
  ])
  assert.deepEqual(warnings, [])
  assert.equal(faultsOf(bytes), '')
  const [, page] = picturesOf(bytes, 72)
  const dark = page?.pixels.filter(grey => grey < 16).length ?? 0
  // 75 points square, at 96 dots to the inch.
  assert.ok(dark > 5200 && dark < 6200, String(dark))
})

test('a picture that is shown twice is in the document once', async () => {
  const picture = greyJpeg()
  const twice = await drawn('![a](a.jpg) ![b](x/A.jpg)', [file('a.jpg', picture)])
  assert.equal(Buffer.from(twice.bytes).toString('latin1').split('/DCTDecode').length - 1, 1)
})

test('a picture that was not sent is named in a warning that says what to do', async () => {
  const text = '![豆](%E8%B1%86.png) ![水](https://example.jp/a.png) ![火](b.png) ![火](b.png)'
  const { warnings } = await drawn(text, [file('B.jpg')])
  assert.match(
    warnings[0] ?? '',
    /^取り込めない画像が4点あり.*「豆\.png」「https:\/\/example\.jp\/a\.png」「b\.png」。.*ファイルを添付し/
  )
  const many = Array.from({ length: 9 }, (_, at) => `![x](${at}.png)`).join(' ')
  const [english = ''] = (await drawn(many, [], 'en')).warnings
  assert.match(
    english,
    /for 9 of the pictures: “0\.png”, .*“4\.png” and 4 more\. Attach their files/
  )
})

test('a file that the text does not name is a warning that says how to name it', async () => {
  const files = [file('豆.png'), file('図 (1).png')]
  const { warnings } = await drawn('![豆](豆.png)', files)
  assert.equal(warnings.length, 1)
  assert.match(warnings[0] ?? '', /「図 \(1\)\.png」。.*「!\[説明\]\(<図 \(1\)\.png>\)」/)
  assert.deepEqual((await drawn('![豆](豆.png) ![図](<図 (1).png>)', files)).warnings, [])
  assert.match(
    (await drawn('', [file('a.png')], 'en')).warnings[0] ?? '',
    /!\[what it shows\]\(a\.png\)/
  )
})

test('a picture in a table or a heading becomes words, with a warning', {
  skip: needs('pdftotext')
}, async () => {
  const text = '# ![](a.png)\n\n|![豆の絵](b.png)|\n|-|\n|![](c.png "図")|\n'
  const { bytes, warnings } = await drawn(text, [file('a.png'), file('b.png')])
  assert.equal(warnings.length, 1)
  assert.match(
    warnings[0] ?? '',
    /3点を.*「a\.png」「b\.png」「c\.png」。.*段落に書いてください。$/
  )
  const [, page = ''] = textOf(bytes)
  for (const words of ['—', '豆の絵', '図']) assert.ok(page.includes(words), words)
  assert.match((await drawn(text, [], 'en')).warnings[0] ?? '', /for 3 of them/)
})

test('a picture that is broken is named with what is wrong, be it a file or in the text', async () => {
  const cut = png().subarray(0, 50)
  const { warnings } = await drawn(`![豆](a.png) ![水](${dataUrl(cut)})`, [file('a.png', cut)])
  assert.equal(warnings.length, 1)
  assert.match(warnings[0] ?? '', /^画像「a\.png」「水」を.*途中で切れています。.*ください。$/)
})

test('a picture in the text is named by the first words of a long description', async () => {
  const { warnings } = await drawn(`![${'豆'.repeat(70_000)}](data:image/png;base64,AAAA)`)
  assert.match(warnings[0] ?? '', /^画像「豆{80}…」を/)
})

test('files and data URLs have 100 megapixels together', async () => {
  const rows = Buffer.alloc(2001 * 20_000)
  const large = (at: number) => {
    const before = [chunk('tEXt', Buffer.from(`at\0${at}`))]
    return png({ width: 2000, height: 20_000, before, rows })
  }
  const text = `![a](a.png) ![b](b.png) ![c](${dataUrl(large(3))})`
  const pictures = [file('a.png', large(1)), file('b.png', large(2))]
  await assert.rejects(drawn(text, pictures), /more than 100 megapixels/)
  assert.deepEqual((await drawn('![a](a.png) ![b](b.png) ![b](x/b.png)', pictures)).warnings, [])
})
