import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Wishes, wrap } from './wrap.ts'

/** Half-width ASCII, full-width the rest. */
const measure = (text: string) => [...text].reduce((w, c) => w + (c < '\u0080' ? 0.5 : 1), 0)
const at = (width: number, text: string, wishes: Wishes = {}) => {
  const letters = [...text]
  const codes = Uint32Array.from(letters, letter => letter.codePointAt(0) as number)
  const widths = Float32Array.from(letters, measure)
  const lines = wrap({ length: letters.length, codes, widths }, width, wishes)
  return lines.map(({ start, end }) => letters.slice(start, end).join(''))
}

const notAtStart = '、。，．）」』】ーっゃぁ々！？：；…‥％℃)],.!?:;ｯｰﾟ'
const notAtEnd = '（「『【([{¥$'

test('text that fits stays as it is', () => {
  assert.deepEqual(at(10, '請求書'), ['請求書'])
  assert.deepEqual(at(10, ''), [''])
  assert.deepEqual(at(10, '一\n\n二'), ['一', '', '二'])
})

test('what may not begin a line takes its predecessor along', () => {
  assert.deepEqual(at(4, '珈琲豆で。次'), ['珈琲豆', 'で。次'])
  assert.deepEqual(at(4, 'あいうえっと'), ['あいう', 'えっと'])
  assert.deepEqual(at(4, 'コーヒーです'), ['コーヒー', 'です'])
  assert.deepEqual(at(4, '焙煎」）。豆'), ['焙', '煎」）。', '豆'])
})

test('an opening bracket does not end a line', () => {
  assert.deepEqual(at(4, '豆と水（軟水）'), ['豆と水', '（軟水）'])
})

test('the first line has a width of its own', () => {
  const codes = Uint32Array.from({ length: 10 }, () => 0x8c46)
  const widths = Float32Array.from(codes, () => 1)
  const lengths = (first: number) =>
    wrap({ length: 10, codes, widths }, 4, { firstWidth: first }).map(
      ({ start, end }) => end - start
    )
  assert.deepEqual(lengths(2), [2, 4, 4])
  assert.deepEqual(lengths(6), [6, 4])
})

test('words and numbers stay together', () => {
  assert.deepEqual(at(5, '金額1,234,567円'), ['金額', '1,234,567', '円'])
  assert.deepEqual(at(6, '電話03-1234-5678'), ['電話', '03-1234-5678'])
  assert.deepEqual(at(5, 'coffee beans'), ['coffee', 'beans'])
  assert.deepEqual(at(4, '水――――水'), ['水', '――――', '水'])
})

test('a last line that would be too short takes some of the one before along', () => {
  const ends = (width: number, text: string) => at(width, text, { leastEnd: 2.5 })
  const long = '豆'.repeat(19)
  assert.deepEqual(ends(20, `${long}ます。`), [long, 'ます。'])
  assert.deepEqual(ends(20, `${long}豆す。`), [long, '豆す。'])
  assert.deepEqual(ends(20, `${long}豆す。\n豆`), [long, '豆す。', '豆'])
  assert.deepEqual(at(20, `${long}豆す。`), [`${long}豆`, 'す。'])
  // The line before would be left with a hole, or has nothing that may go.
  assert.deepEqual(ends(10, '豆'.repeat(11)), ['豆'.repeat(10), '豆'])
  assert.deepEqual(ends(20, `${'豆'.repeat(16)} beans it`), [`${'豆'.repeat(16)} beans`, 'it'])
  assert.deepEqual(ends(20, `${'豆'.repeat(18)}「豆」豆`), [`${'豆'.repeat(18)}`, '「豆」豆'])
})

test('a number is not parted from what it counts', () => {
  assert.deepEqual(at(5, '値は毎時30日間'), ['値は毎時', '30日間'])
  assert.deepEqual(at(4, '店は全12か所'), ['店は全', '12か所'])
  assert.deepEqual(at(4.5, '2026年11月23日'), ['2026年', '11月23日'])
  assert.deepEqual(at(3, 'AB CD年'), ['AB CD', '年'])
})

test('a word in katakana stays together on wish, unless too little were left of its line', () => {
  const whole = (width: number, text: string) => at(width, text, { keepsLoanwords: true })
  assert.deepEqual(at(8, '焙煎のコーヒー豆'), ['焙煎のコーヒー豆'])
  assert.deepEqual(at(6, '焙煎のコーヒー豆'), ['焙煎のコー', 'ヒー豆'])
  assert.deepEqual(whole(6, '焙煎のコーヒー豆'), ['焙煎の', 'コーヒー豆'])
  assert.deepEqual(whole(6, 'ウィラ スプレモ'), ['ウィラ', 'スプレモ'])
  assert.deepEqual(whole(6, 'アイス・コーヒー'), ['アイス・', 'コーヒー'])
  assert.deepEqual(whole(6, '豆のインターナショナル'), ['豆のインター', 'ナショナル'])
  assert.deepEqual(whole(4, 'インターナショナル'), ['インター', 'ナショナ', 'ル'])
})

test('an address of the web breaks after a slash', () => {
  assert.deepEqual(at(6, 'https://example.jp/beans'), ['https://', 'example.jp/', 'beans'])
})

test('a word wider than the line is broken anywhere', () => {
  assert.deepEqual(at(2, 'abcdefghij'), ['abcd', 'efgh', 'ij'])
  assert.deepEqual(at(2, '。。。。。'), ['。。', '。。', '。'])
  assert.deepEqual(at(0.1, '豆豆'), ['豆', '豆'])
})

test('spaces hang at the end of a line and begin none', () => {
  assert.deepEqual(at(2, 'aaaa      bbbb'), ['aaaa', 'bbbb'])
  assert.deepEqual(at(2, '豆豆\u3000豆'), ['豆豆', '豆'])
})

test('a no-break space keeps its neighbours together', () => {
  assert.deepEqual(at(4, '豆と10\u00a0kg'), ['豆と', '10\u00a0kg'])
})

test('a no-break hyphen, an apostrophe and signs of numbers do so, too', () => {
  assert.deepEqual(at(5, '豆豆03\u20111234'), ['豆豆', '03\u20111234'])
  assert.deepEqual(at(3, '豆豆‑豆豆'), ['豆', '豆‑豆', '豆'])
  assert.deepEqual(at(4, 'and don’t ask'), ['and', 'don’t', 'ask'])
  assert.deepEqual(at(3.5, '豆は25°C'), ['豆は', '25°C'])
  for (const sign of '−±△▲') assert.deepEqual(at(3, `差は${sign}5%`), ['差は', `${sign}5%`])
})

test('no line is too wide, loses text, or begins or ends with what may not, in thousands of texts', () => {
  const alphabet = [...`豆珈琲請求書かなカナabcXYZ012389  ${notAtStart}${notAtEnd}`]
  const random = generator(20261123)
  for (let n = 0; n < 3000; n++) {
    const text = Array.from({ length: 80 }, () => alphabet[random(alphabet.length)]).join('')
    const width = 8 + random(30)
    const lines = at(width, text)
    assert.equal(lines.join('').replaceAll(' ', ''), text.replaceAll(' ', ''))
    for (const [index, line] of lines.entries()) {
      assert.ok(measure(line) <= width, `too wide for ${width}: ${line}`)
      const next = lines[index + 1]
      if (next && hasPlaceToBreak(line)) assertBreak(line, next)
    }
  }
})

function assertBreak(line: string, next: string) {
  assert.ok(!notAtStart.includes(next[0] as string), `begins wrongly: ${line} | ${next}`)
  assert.ok(!notAtEnd.includes(line.at(-1) as string), `ends wrongly: ${line} | ${next}`)
}

/** Two plain characters side by side: a break between them is allowed by every rule. */
function hasPlaceToBreak(line: string) {
  return /[豆珈琲請求書かなカナ]{2}/.test(line)
}

function generator(seed: number) {
  let state = seed
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}
