import assert from 'node:assert/strict'
import { test } from 'node:test'
import { html } from './html.ts'
import { preferredLanguage } from './language.ts'
import { fateOf, isNothing, isSelector } from './pdf/text/formless.ts'
import { cleanText, narrowText } from './text.ts'

test('text keeps what people write', () => {
  for (const text of [
    '髙﨑𠮷野𩸽',
    '葛\u{e0100}城',
    '👨\u200d👩\u200d👧',
    'ｶﾞｷﾞ',
    '「請求書」～―…',
    'café'
  ])
    assert.equal(cleanText(text), text)
})

test('names keep the form of their ideographs, and all else is composed', () => {
  for (const name of [
    '\ufa10本',
    '\ufa19田',
    '\ufa1b岡',
    '京\ufa26',
    '\ufa1a子',
    '\u{2f800}',
    '\u{2fa1d}'
  ])
    assert.equal(cleanText(name), name)
  assert.equal(cleanText('\ufa19か\u3099\ufa19e\u0301'), '\ufa19が\ufa19é')
  assert.equal(cleanText('か\u200b\u3099'), 'が')
})

test('a character keeps 30 marks, and millions of them take no time', { timeout: 30_000 }, () => {
  const marks = (count: number) => '\u0323\u0301'.repeat(count)
  assert.equal(cleanText(`x${marks(15)}`).normalize('NFD').length, 31)
  assert.equal(cleanText(`x${marks(16)}`), cleanText(`x${marks(15)}`))
  for (const text of [marks(1_000_000), `豆${marks(1_000_000)}`, '\u0f73\u0f71'.repeat(1_000_000)])
    assert.ok(narrowText(text).length <= 61)
})

test('text of which nothing would be seen is empty', () => {
  for (const text of ['\u200d\ufe0f', '\u{e0100}', ' \u3000\u200d\n', '\ufe0f\u20e3', '\u{1f3fd}'])
    assert.equal(cleanText(text, { multiline: true }), '')
  assert.equal(cleanText('\u3099'), '\u3099')
})

test('a character that leaves paper blank is empty text, whichever it is', () => {
  for (let code = 0; code <= 0x10ffff; code++) {
    const character = String.fromCodePoint(code)
    if ([isNothing, isSelector].includes(fateOf(code)) || character.trim() === '')
      assert.equal(cleanText(character), '', `U+${code.toString(16)}`)
  }
})

test('text loses what is invisible, reorders, or is half a character', () => {
  assert.equal(cleanText('a\u0000b\u001bc\u007fd\u009fe'), 'abcde')
  assert.equal(cleanText('1\u202e00\u2066,\u20690\u200e\u200b\ufeff\u00ad'), '100,0')
  assert.equal(cleanText('a\ud83dz\udc00'), 'az')
  assert.equal(cleanText('か\u3099'), 'が')
  assert.equal(cleanText('\u{e0041}\u3164x\ufffe\u2028'), 'x')
  assert.equal(cleanText('\ufdd0\ufdefx\u{1fffe}\u{1ffff}\u{10ffff}'), 'x')
})

test('line ends become one kind, or spaces where a line is one', () => {
  assert.equal(cleanText(' a\r\nb\rc\u2028d\u0085e\tf '), 'a b c d e f')
  assert.equal(cleanText('a\r\nb\rc', { multiline: true }), 'a\nb\nc')
})

test('source text keeps its tabs and the indent of its first line', () => {
  const source = '\n \n    int a;\r\n\tint b;\u0000\n\n'
  assert.equal(cleanText(source, { multiline: true, indented: true }), '    int a;\n\tint b;')
  assert.equal(cleanText(' \t\n', { multiline: true, indented: true }), '')
})

test('codes and numbers become half-width', () => {
  assert.equal(narrowText('Ｔ１２３４５６７８９０１２３'), 'T1234567890123')
  assert.equal(narrowText('１００－０００１'), '100-0001')
  assert.equal(narrowText('03−1234‐5678'), '03-1234-5678')
})

test('the language is what the browser likes best of the two', () => {
  assert.equal(preferredLanguage('en-US,en;q=0.9,ja;q=0.8'), 'en')
  assert.equal(preferredLanguage('fr,ja;q=0.3,en;q=0.2'), 'ja')
  assert.equal(preferredLanguage('en;q=0,ja;q=0.1'), 'ja')
  for (const header of [undefined, '', 'fr', '*', ';;q=x,,'])
    assert.equal(preferredLanguage(header), 'ja', String(header))
})

test('html escapes every value, and only once', () => {
  const name = `"><script>alert('1')</script>&`
  const inner = html`<b title="${name}">${name}</b>`
  assert.equal(
    html`${[inner, null, false, undefined, 0]}`.text,
    '<b title="&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;">' +
      '&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;</b>0'
  )
})
