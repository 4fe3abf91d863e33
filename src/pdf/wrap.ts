/** Characters that don't begin a line (JIS X 4051, 行頭禁則): closing marks, small kana, units. */
const notFirst = new Set(
  '、。，．,.・:;：；?!？！‼⁇⁈⁉)]}）］｝〕〉》」』】〙〗〟’”»ー―…‥〜～゠–-ゝゞ々〻ヽヾぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿｧｨｩｪｫｬｭｮｯｰ%％℃°′″'
)

/** Characters that don't end a line (行末禁則): opening marks, currency signs. */
const notLast = new Set('([{（［｛〔〈《「『【〘〖〝‘“«¥￥$＄£￡№#＃')

/** Characters that belong together: words, numbers, addresses. */
const word = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Nd}\p{M}._@/:&=?+~'’-]/u

/** What takes no room of its own and stays with the character before it. */
const attached = /\p{M}|\u200d|[\ufe00-\ufe0f\u{e0100}-\u{e01ef}\u{1f3fb}-\u{1f3ff}]/u

/**
 * Breaks a text into lines no wider than `width`, at line ends as typed and else where Japanese
 * allows it. What may not begin a line takes the character before it along (追い出し). A word that is
 * wider than a line is broken.
 */
export function wrap(text: string, width: number, widthOf: (text: string) => number): string[] {
  return text.split('\n').flatMap(paragraph => fill(paragraph, width, widthOf))
}

function fill(paragraph: string, width: number, widthOf: (text: string) => number): string[] {
  const lines: string[] = []
  let line = ''
  let lineWidth = 0
  for (const piece of unbreakable(paragraph).flatMap(p => fit(p, width, widthOf))) {
    const pieceWidth = widthOf(piece)
    if (line !== '' && lineWidth + widthOf(piece.trimEnd()) > width) {
      lines.push(line.trimEnd())
      line = ''
      lineWidth = 0
      if (piece.trim() === '') continue
    }
    line += piece
    lineWidth += pieceWidth
  }
  return [...lines, line.trimEnd()]
}

/** The smallest pieces between which a line may end. */
export function unbreakable(text: string): string[] {
  const pieces: string[] = []
  let last = ''
  for (const character of text) {
    const isJoined =
      last !== '' &&
      (attached.test(character) ||
        notFirst.has(character) ||
        notLast.has(last) ||
        character === ' ' ||
        (/\d/.test(character) && /\d[,.]$/.test(pieces.at(-1) ?? '')) ||
        (word.test(last) && word.test(character)))
    if (isJoined) pieces[pieces.length - 1] += character
    else pieces.push(character)
    last = character
  }
  return pieces
}

/** Breaks a piece that is wider than a whole line. */
function fit(piece: string, width: number, widthOf: (text: string) => number): string[] {
  if (widthOf(piece.trimEnd()) <= width) return [piece]
  const parts: string[] = []
  let part = ''
  let partWidth = 0
  for (const character of piece) {
    const characterWidth = widthOf(character)
    if (part !== '' && partWidth + characterWidth > width && !attached.test(character)) {
      parts.push(part)
      part = ''
      partWidth = 0
    }
    part += character
    partWidth += characterWidth
  }
  return [...parts, part]
}
