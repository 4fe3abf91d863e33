/** 行頭禁則: what may not begin a line (JIS X 4051, classes 2 to 7, 9, 10 and 13, and their half-width forms). */
const closing = [
  '、。，．・：；？！゛゜ヽヾゝゞ々〻ー’”）〕］｝〉》」』】〙〗〟｠»',
  'ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ',
  '‐–〜～゠…‥‼⁇⁈⁉％‰℃℉°′″¢￠',
  '!%),.:;?]}｡｣､･ｧｨｩｪｫｬｭｮｯｰﾞﾟ'
]

/** 行末禁則: what may not end a line (classes 1 and 12). */
const opening = ['‘“（〔［｛〈《「『【〘〖〝｟«([{｢', '¥￥$＄£￡€#＃№']

/** 分離禁止: pairs of these stay together (class 8). */
const inseparable = '…‥―—〳〴〵'

const isClosing = tableOf(closing.join(''))
const isOpening = tableOf(opening.join(''))
const isInseparable = tableOf(inseparable)

/** Letters and digits that form words, and the signs of ASCII among them: `1,234,567`, `foo@example.jp`. */
const word = /^(?:[!-~]|[[\p{L}\p{M}\p{Nd}]--[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\uff00-\uffef]])/v
const startsWithLetter = /^\p{L}/u
const noBreakSpace = '\u00a0'
const space = /^[ \u3000]/
const glue = /^[\u00a0\p{M}]/u

/** Spaces hang at the end of their line. */
export function isSpace(cluster: string): boolean {
  return space.test(cluster)
}

/** Whether a line may end after `before` and the next begin with `after`; `isApart` if spaces are between. */
export function isBreakable(before: string, after: string, isApart: boolean): boolean {
  if (isSpace(after) || isClosing(after) || glue.test(after)) return false
  if (isOpening(before) || before === noBreakSpace) return false
  if (isApart) return true
  if (isInseparable(before) && isInseparable(after)) return false
  return !(word.test(before) && word.test(after)) || isBreakInWord(before, after)
}

/** URLs break after `/`, compounds after a hyphen; numbers and dates (03-1234, 4/1) do not. */
function isBreakInWord(before: string, after: string) {
  return (before === '/' || before === '-') && startsWithLetter.test(after)
}

function tableOf(characters: string) {
  const table = new Uint8Array(65_536)
  for (const character of characters) table[character.charCodeAt(0)] = 1
  return (cluster: string) => table[cluster.charCodeAt(0)] === 1
}
