import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { needs } from '../../test/needs.ts'
import { faultsOf, fontsOf, textOf, wordsOf } from '../../test/proof.ts'
import { linksOf, outlineOf } from '../../test/reading.ts'
import { draw } from './pdf.ts'
import type { Report } from './schema.ts'

const example = readFileSync(new URL('../../examples/report.md', import.meta.url), 'utf8')
const about = {
  title: '焙煎工程の改善に関する報告書',
  organisation: '株式会社まめや珈琲',
  author: '髙﨑 花子',
  date: '2026-11-23'
}

export function drawn(text: string, more: Partial<Report> = {}, language: 'ja' | 'en' = 'ja') {
  const report = { ...about, ...more, text }
  return draw({ report, language, createdAt: new Date(0) }, { progress() {} })
}

const wordless = (text: string) => text.replace(/\s/g, '')

test('the cover tells what it is, who wrote it, and when', {
  skip: needs('pdftotext')
}, async () => {
  const { bytes } = await drawn('本文', { subtitle: '三つの取り組み' })
  const cover =
    '焙煎工程の改善に\n関する報告書\n三つの取り組み\n株式会社まめや珈琲\n髙﨑 花子\n2026年11月23日'
  assert.equal(wordless(textOf(bytes)[0] ?? ''), wordless(cover))
  const { bytes: english } = await drawn('text', {}, 'en')
  assert.match(textOf(english)[0] ?? '', /23 November 2026/)
})

test('all text is there, in the order of the source', { skip: needs('pdftotext') }, async () => {
  const { bytes, warnings } = await drawn(example)
  const text = wordless(textOf(bytes).slice(2).join(''))
  assert.deepEqual(warnings, [])
  const wanted = [
    'わずか2℃のずれが、カップの中でははっきりした違いになります。',
    'https://example.jp/roast/2026にもあります。',
    '違うものから同じ味をつくるのが、私たちの仕事である。',
    'RoR豆の温度が1分間に上がる幅（rateofrise）℃/分',
    '"memo":"投入直後の中点は92℃。いつもより3℃低い。',
    'たとえばror(bt,30)は、直前の30秒から求めた値です。',
    '☑測定器の購入（本店・第二焙煎所）',
    '⬜夜勤者への講習',
    '2.93℃の湯を200ml注ぎ、4分待つ。このとき、粉の層を崩さないこと。',
    '8月4558.050.47△36.2%',
    '図1焙煎曲線の比較',
    'fellbyaboutfortypercent,andthebeans'
  ]
  const places = wanted.map(part => text.indexOf(wordless(part)))
  assert.ok(!places.includes(-1), wanted[places.indexOf(-1)])
  assert.deepEqual(
    places,
    places.toSorted((a, b) => a - b)
  )
})

test('contents, bookmarks and links lead to the pages on which headings stand', {
  skip: needs('pdftotext')
}, async () => {
  const { bytes } = await drawn(example)
  const pages = textOf(bytes)
  const outline = await outlineOf(bytes)
  const headings = [...example.matchAll(/^(#+) (.+)$/gm)].map(([, marks = '', title = '']) => ({
    title,
    level: marks.length
  }))
  assert.deepEqual(
    outline.map(({ title, level }) => ({ title, level })),
    headings
  )
  for (const { title, page } of outline)
    assert.ok(
      pages[page - 1]?.split('\n').some(line => wordless(line) === wordless(title)),
      title
    )
  const contents = wordless(pages[1] ?? '')
  assert.equal(contents, wordless(`目次${outline.map(({ title, page }) => title + page).join('')}`))
  assert.deepEqual(
    (await linksOf(bytes))[1],
    outline.map(({ page }) => page)
  )
})

test('contents of several pages count themselves', { skip: needs('pdftotext') }, async () => {
  const text = Array.from(
    { length: 150 },
    (_, n) => `# 第${n + 1}章\n\n豆\n\n## 第${n + 1}節の題\n\n水`
  )
  const { bytes } = await drawn(text.join('\n\n'))
  const pages = textOf(bytes)
  const outline = await outlineOf(bytes)
  const count = pages.findIndex(page => page.includes('豆')) - 1
  assert.ok(count > 5)
  const listed = pages
    .slice(1, count + 1)
    .join('\n')
    .split('\n')
    .slice(1)
  assert.deepEqual(
    listed.filter(Boolean).map(wordless),
    outline.map(({ title, page }) => `${title}${page}`)
  )
  for (const { title, page } of outline)
    assert.ok(wordless(pages[page - 1] ?? '').includes(title), title)
})

test('headings in quotes and notes are no chapters', { skip: needs('pdftotext') }, async () => {
  const text =
    '# 一章\n\n豆[^a]\n\n> # 引用の題\n>\n> - # 引用の中\n\n## 節\n\n水\n\n# 二章\n\n[^a]: 注\n\n    # 注の題\n'
  const { bytes } = await drawn(text)
  const titles = (await outlineOf(bytes)).map(({ title }) => title)
  assert.deepEqual(titles, ['一章', '節', '二章'])
  const [, contents = '', page = ''] = textOf(bytes)
  assert.equal(wordless(contents), '目次一章3節3二章3')
  assert.ok(
    ['引用の題', '引用の中', '注の題'].every(title => page.includes(title)),
    page
  )
  const quoted = await drawn(`> # 引用の題\n>\n> ${'豆'.repeat(3000)}`)
  const heads = wordsOf(quoted.bytes)
    .slice(1)
    .map(words => words.filter(({ top }) => top < 60))
  assert.ok(heads.length > 1)
  assert.ok(!JSON.stringify(heads).includes('引用の題'))
})

test('a short report has no contents', async () => {
  assert.equal((await drawn('# 一\n\n豆\n\n# 二\n\n水')).pages, 2)
})

test('each page has its number, and tells the chapter that goes on at its top', {
  skip: needs('pdftotext')
}, async () => {
  const filler = '豆を挽き、湯を注ぎ、四分待つ。'.repeat(120)
  const { bytes } = await drawn(`# 一章\n\n${filler}\n\n# 二章\n\n${filler}`)
  const pages = wordsOf(bytes).slice(1)
  for (const [index, words] of pages.entries()) {
    const foot = words.filter(({ top }) => top > 780)
    assert.deepEqual(
      foot.map(({ text }) => text),
      [String(index + 2)]
    )
  }
  const heads = pages.map(words =>
    words
      .filter(({ top }) => top < 60)
      .map(({ text }) => text)
      .join(' ')
  )
  assert.deepEqual(
    heads,
    ['一章', '一章', '二章'].map(chapter => `${about.title} ${chapter}`)
  )
})

test('the head of a page cuts the title of the report only for a long chapter', {
  skip: needs('pdftotext')
}, async () => {
  const title = '焙煎工程の改善に関する三か年計画の進捗と課題について'
  const headOf = async (chapter: string) => {
    const [, page = []] = wordsOf((await drawn(`# ${chapter}`, { title })).bytes)
    return page.filter(({ top }) => top < 60).map(({ text }) => text)
  }
  assert.deepEqual(await headOf('序'), [title, '序'])
  const [left = '', right = ''] = await headOf('長い章の題'.repeat(20))
  assert.ok(title.startsWith(left.replace('…', '')) && left.length > 20, left)
  assert.ok(right.endsWith('…') && right.length > 25, right)
})

test('the file is sound, its fonts are embedded, and the same report gives the same bytes', {
  skip: needs('qpdf', 'pdffonts')
}, async () => {
  const { bytes } = await drawn(example)
  assert.equal(faultsOf(bytes), '')
  for (const font of fontsOf(bytes)) assert.match(font, /^[A-Z]{6}\+\S+ yes yes yes$/)
  assert.ok(Buffer.from(bytes).equals((await drawn(example)).bytes))
})

test('pictures that are not in the text are told, and never fetched', async t => {
  const fetched = t.mock.method(globalThis, 'fetch')
  const { warnings } = await drawn(
    '![豆](https://example.jp/a.png) ![水](file:///etc/passwd) ![火](data:image/png;base64,AAAA)'
  )
  assert.equal(fetched.mock.callCount(), 0)
  assert.equal(warnings.length, 2)
  assert.match(warnings[0] ?? '', /取り込めない画像が1点.*「https:\/\/example\.jp\/a\.png」/)
  assert.match(warnings[1] ?? '', /画像「火」を.*PNGまたはJPEGの画像ではありません/)
})

test('characters that no font has are told', async () => {
  const { warnings } = await drawn('م豆', {}, 'en')
  assert.match(warnings[0] ?? '', /U\+0645/)
})
