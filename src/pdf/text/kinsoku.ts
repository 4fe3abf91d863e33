/** 行頭禁則: what may not begin a line (JIS X 4051, classes 2 to 7, 9, 10 and 13, and their half-width forms). */
const closing = [
  '、。，．・：；？！゛゜ヽヾゝゞ々〻ー’”）〕］｝〉》」』】〙〗〟｠»',
  'ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ',
  '‐–〜～゠…‥‼⁇⁈⁉％‰℃℉°′″¢￠',
  '!%),.:;?]}｡｣､･ｧｨｩｪｫｬｭｮｯｰﾞﾟ'
]

/** 行末禁則: what may not end a line (classes 1 and 12), and signs of the number that follows (△1,234). */
const opening = ['‘“（〔［｛〈《「『【〘〖〝｟«([{｢', '¥￥$＄£￡€#＃№', '−±△▲']

/** 分離禁止: pairs of these stay together (class 8). */
const inseparable = '…‥―—〳〴〵'

/** What counts, or is counted by the digits before it: `30日`, `3か所`, `12万`. The standard leaves it open. */
const counters =
  '年月日時分秒週円銭人名件個台回本枚点度歳倍割階丁番号行頁章節項条位社店か所箇万億兆千百'

const space = /[ \u3000]/
const glue = /[\u00a0\u2011\p{M}]/u
const letter = /\p{L}/u
/** Letters and digits that form words, and the signs among them: `1,234,567`, `foo@example.jp`, `don’t`, `25°C`. */
const word =
  /[[!-~][’°′″][[\p{L}\p{M}\p{Nd}]--[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\uff00-\uffef]]]/v

const [isClosing, isOpening, isInseparable, isWord] = [1, 2, 4, 8]
const [isSpaceClass, isGlue, isLetter, isCounter, isKnown] = [16, 32, 64, 128, 256]
const [slash, hyphen, noBreakSpace, noBreakHyphen] = [0x2f, 0x2d, 0xa0, 0x2011]

/** The classes of each character of the Basic Multilingual Plane, found when it first comes up. */
const classes = new Uint16Array(65_536)

function classesOf(code: number): number {
  const known = code < 65_536 ? (classes[code] as number) : 0
  if (known) return known
  const found = classify(String.fromCodePoint(code))
  if (code < 65_536) classes[code] = found
  return found
}

function classify(character: string) {
  const member = (list: string, flag: number) => (list.includes(character) ? flag : 0)
  const match = (form: RegExp, flag: number) => (form.test(character) ? flag : 0)
  return (
    isKnown |
    member(closing.join(''), isClosing) |
    member(opening.join(''), isOpening) |
    member(inseparable, isInseparable) |
    match(word, isWord) |
    match(space, isSpaceClass) |
    match(glue, isGlue) |
    match(letter, isLetter) |
    member(counters, isCounter)
  )
}

/** Spaces hang at the end of their line. */
export function isSpace(code: number): boolean {
  return (classesOf(code) & isSpaceClass) !== 0
}

/** Letters and digits that are set closely, as against Japanese characters. */
export function isLatin(code: number): boolean {
  if ((classesOf(code) & (isWord | isClosing)) !== isWord) return false
  return code < 0x21 || code > 0x7e || letterOrDigit(code)
}

function letterOrDigit(code: number) {
  const lower = code | 32
  return isDigit(code) || (lower >= 0x61 && lower <= 0x7a)
}

function isDigit(code: number) {
  return code >= 0x30 && code <= 0x39
}

/** Whether a line may end after `before` and the next begin with `after`; `isApart` if spaces are between. */
export function isBreakable(before: number, after: number, isApart: boolean): boolean {
  const next = classesOf(after)
  if (next & (isSpaceClass | isClosing | isGlue)) return false
  const last = classesOf(before)
  if (last & isOpening || before === noBreakSpace || before === noBreakHyphen) return false
  if (isApart) return true
  if (last & next & isInseparable) return false
  if (next & isCounter && isDigit(before)) return false
  return !(last & next & isWord) || isBreakInWord(before, next)
}

/** Whether both are of one word in katakana, which lines may break but had better not. */
export function isLoanword(before: number, after: number): boolean {
  return isKatakana(before) && isKatakana(after)
}

function isKatakana(code: number) {
  return code >= 0x30a1 && code <= 0x30fc && code !== 0x30fb
}

/** URLs break after `/`, compounds after a hyphen; numbers and dates (03-1234, 4/1) do not. */
function isBreakInWord(before: number, next: number) {
  return (before === slash || before === hyphen) && (next & isLetter) !== 0
}
