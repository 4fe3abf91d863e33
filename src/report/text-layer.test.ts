import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nastyLines } from '../../test/nasty.ts'
import { needs } from '../../test/needs.ts'
import { dataUrl, greyJpeg } from '../../test/picture.ts'
import { assertText, readers, wordless } from '../../test/readers.ts'
import { draw } from './pdf.ts'

const filler = '豆を挽き、湯を注ぎ、四分待つ。第3版のPDFを2026年にNode.jsで12,500部。'.repeat(16)
const fence = '```'

/** Parts of a report in Markdown, and what each is on paper, from title to footnote. */
const parts: [markdown: string, text: string][] = [
  ['# 一章「焙煎」と*香り*', '一章「焙煎」と香り'],
  [filler, filler],
  ['In English, words keep **their** spaces.', 'In English, words keep their spaces.'],
  [`${fence}\n${nastyLines.join('\n')}\n${fence}`, nastyLines.join('')],
  ['## 節 `ror(bt, 30)`', '節 ror(bt, 30)'],
  ['- 一つ目\n  1. 入れ子\n- 二つ目', '•一つ目1.入れ子•二つ目'],
  ['> 引用の**第一**、[こちら](https://example.jp/a)。', '引用の第一、こちら。'],
  [filler, filler],
  ['| 銘柄 | 点 |\n|---|--:|\n| 髙﨑 | 1,234.5 |\n| \\<b> &amp; | 2 |', '銘柄点髙﨑1,234.5<b>&2'],
  ['# 二章', '二章'],
  [`![豆](${dataUrl(greyJpeg())} "図1 焙煎前の豆")`, '図1 焙煎前の豆'],
  [filler, filler],
  ['- [x] 済み\n- [ ] まだ', '☑済み⬜まだ'],
  ['終わりに[^a]。', '終わりに1)。'],
  ['[^a]: 脚注の「文字」、3%。', '1)脚注の「文字」、3%。']
]
const title = '焙煎の報告書'
const report = {
  title,
  subtitle: '葛\u{e0100}城の豆',
  organisation: '株式会社髙﨑',
  author: '齋藤 花子',
  date: '2026-11-23',
  text: parts.map(([markdown]) => markdown).join('\n\n')
}
const cover = `${title}葛\u{e0100}城の豆株式会社髙﨑齋藤花子2026年11月23日`
const chapters = ['一章「焙煎」と香り', '二章']

/** A page without its head and its number, which readers find at its end. */
function bodyOf(page: string, number: number) {
  const margins = chapters.map(chapter => wordless(`${title}${chapter}${number}`))
  const margin = margins.find(margin => page.endsWith(margin))
  assert.ok(margin, `page ${number} ends with ${page.slice(-30)}`)
  return page.slice(0, -margin.length)
}

for (const [name, pagesOf] of Object.entries(readers))
  test(`the text of a report equals its source in ${name}`, {
    skip: needs('pdftotext')
  }, async () => {
    const input = { report, language: 'ja', createdAt: new Date(0) } as const
    const { bytes, warnings } = await draw(input, { progress() {} })
    const whole = await pagesOf(bytes)
    const [first, contents, ...others] = whole.map(wordless)
    assert.deepEqual([warnings, first], [[], cover])
    assert.match(contents ?? '', /^目次一章「焙煎」と香り3節ror\(bt,30\)\d二章\d$/)
    const bodies = others.map((page, index) => bodyOf(page, index + 3))
    assert.ok(bodies.length > 2)
    assertText(bodies.join(''), parts.map(([, text]) => text).join(''))
    for (const line of ['In English, words keep their spaces.', '節 ror(bt, 30)'])
      assert.ok(whole.join('\n').includes(line), line)
  })
