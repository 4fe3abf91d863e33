import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { wrap } from './wrap.ts'

/** Characters by what the standard (JIS X 4051) says of them; each is in one list only. */
const lists = {
  plain: '豆珈琲請求書漢字仮なさくらカナサクラ𠮷髙😀',
  counter: '年月日円名か万',
  closing: '、。，．）」』】］｝〉》ーっゃゅょぁァッャヮヵ々ゝ！？：；・％℃゛‐〜ｯｰﾟ｡',
  opening: '（「『【［｛〈《￥№',
  inseparable: '―—〳',
  letter: 'abcXYZéß',
  digit: '0123456789',
  space: ' \u3000'
}
type List = keyof typeof lists

const listOf = new Map(
  (Object.keys(lists) as List[]).flatMap(list => [...lists[list]].map(letter => [letter, list]))
)
const kindOf = (letter = '') => listOf.get(letter) ?? 'sign'
const isOfWord = (letter = '') => ['letter', 'digit', 'sign'].includes(kindOf(letter))

/** Whether a line may end between the letters before `at` and those from there on. */
function isLegal(letters: string[], at: number) {
  const next = letters[at] ?? ''
  if (kindOf(next) === 'space' || kindOf(next) === 'closing') return false
  if (/[,.:;!?%)\]}\u00a0]|\u0301/.test(next)) return false
  const before = letters
    .slice(0, at)
    .join('')
    .replace(/[ \u3000]+$/, '')
  const last = [...before].at(-1)
  if (last === undefined || kindOf(last) === 'opening' || /[([{$#\u00a0]/.test(last)) return false
  if (kindOf(letters[at - 1]) === 'space') return true
  if (kindOf(last) === 'inseparable' && kindOf(next) === 'inseparable') return false
  if (kindOf(last) === 'digit' && kindOf(next) === 'counter') return false
  if (isOfWord(last) && isOfWord(next)) return /[/-]/.test(last) && kindOf(next) === 'letter'
  return true
}

const some = (list: List) => fc.constantFrom(...lists[list])
const several = (letter: fc.Arbitrary<string>, max: number) =>
  fc.array(letter, { minLength: 1, maxLength: max }).map(letters => letters.join(''))
const number = fc.integer({ min: 0, max: 99_999_999 }).map(value => value.toLocaleString('en'))
const address = fc
  .array(several(some('letter'), 6), { minLength: 1, maxLength: 4 })
  .map(parts => `https://${parts.join('/')}`)
const piece = fc.oneof(
  { weight: 6, arbitrary: several(some('plain'), 6) },
  { weight: 2, arbitrary: several(some('counter'), 2) },
  { weight: 3, arbitrary: several(some('closing'), 3) },
  { weight: 2, arbitrary: some('opening') },
  { weight: 1, arbitrary: several(some('inseparable'), 4) },
  { weight: 2, arbitrary: several(some('letter'), 8) },
  { weight: 2, arbitrary: number },
  { weight: 1, arbitrary: address },
  { weight: 1, arbitrary: several(some('space'), 3) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('03-1234-5678', '4/1', 'foo@example.jp', '10\u00a0', '($', 'e\u0301')
  }
)
const text = fc.array(piece, { maxLength: 40, size: 'max' }).map(pieces => pieces.join(''))

/** Half-width what is of words, full-width the rest; marks take no room. */
function widthOf(letter: string) {
  if (letter === '\u0301') return 0
  return isOfWord(letter) || letter === ' ' ? 0.5 : 1
}

type Case = {
  letters: string[]
  width: number
  lines: { start: number; end: number; width: number }[]
}

function broken(text: string, width: number, firstWidth = width): Case {
  const letters = [...text]
  const codes = Uint32Array.from(letters, letter => letter.codePointAt(0) as number)
  const widths = Float32Array.from(letters, widthOf)
  return {
    letters,
    width,
    lines: wrap({ length: letters.length, codes, widths }, width, { firstWidth })
  }
}

function check(property: (case_: Case) => void) {
  const widths = fc.integer({ min: 2, max: 60 }).map(halves => halves / 2)
  fc.assert(
    fc.property(text, widths, (text, width) => property(broken(text, width))),
    { numRuns: 3000, seed: 20_261_123 }
  )
}

const sum = (letters: string[]) => letters.reduce((width, letter) => width + widthOf(letter), 0)

test('nothing but spaces is lost between lines, and nothing comes twice', () =>
  check(({ letters, lines }) => {
    let end = 0
    for (const line of [...lines, { start: letters.length, end: letters.length }]) {
      assert.ok(line.start >= end && line.end >= line.start)
      assert.match(letters.slice(end, line.start).join(''), /^[ \u3000]*$/)
      end = line.end
    }
  }))

test('no line is wider than it may be, and each is as wide as it says', () =>
  check(({ letters, width, lines }) => {
    for (const line of lines) {
      const parts = letters.slice(line.start, line.end)
      assert.equal(line.width, sum(parts))
      assert.ok(line.width <= width || parts.filter(part => widthOf(part) > 0).length === 1)
    }
  }))

test('lines end only where they may, unless there is no such place in them', () =>
  check(({ letters, lines }) => {
    for (const [index, { start }] of lines.slice(1).entries()) {
      if (isLegal(letters, start)) continue
      const before = (lines[index] as { start: number }).start
      for (let at = before + 1; at < start; at += 1)
        assert.ok(
          !isLegal(letters, at),
          `${letters.slice(before, start).join('')} | ${letters[start]}`
        )
    }
  }))

test('no line ends before it must', () =>
  check(({ letters, width, lines }) => {
    for (const [index, { start }] of lines.slice(1).entries()) {
      const before = (lines[index] as { start: number }).start
      let end = start + 1
      while (end < letters.length && !isLegal(letters, end)) end += 1
      const longer = letters
        .slice(before, end)
        .join('')
        .replace(/[ \u3000]+$/, '')
      const forced = isLegal(letters, start) ? longer : letters.slice(before, start + 1).join('')
      assert.ok(sum([...forced]) > width, `${forced} would fit in ${width}`)
    }
  }))

test('numbers stay whole, and addresses break only after a slash', () => {
  const mixed = fc.array(fc.tuple(several(some('plain'), 8), fc.oneof(number, address)), {
    maxLength: 12,
    size: 'max'
  })
  fc.assert(
    fc.property(mixed, fc.integer({ min: 8, max: 30 }), (pairs, width) => {
      const { letters, lines } = broken(pairs.flat().join(''), width)
      const shown = lines.map(({ start, end }) => letters.slice(start, end).join('')).join('\n')
      for (const [, unit] of pairs) {
        const parts = unit.split(/(?<=\/)(?=[^/])/).join('\n?')
        assert.match(shown, new RegExp(parts.replaceAll('.', '\\.')))
      }
    }),
    { numRuns: 1000, seed: 20_261_123 }
  )
})

test('each paragraph is broken for itself, the first line of all by its own width', () => {
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), paragraphs => {
      const { lines } = broken(paragraphs.join('\n'), 12, 7)
      const apart = paragraphs.flatMap(
        (text, index) => broken(text, 12, index === 0 ? 7 : 12).lines
      )
      assert.deepEqual(
        lines.map(({ width }) => width),
        apart.map(({ width }) => width)
      )
    }),
    { numRuns: 500, seed: 20_261_123 }
  )
})
