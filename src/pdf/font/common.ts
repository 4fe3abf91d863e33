import { type Face, faces, fonts } from './fonts.ts'
import { cidOf, type TrueType } from './truetype.ts'

const ascii = String.fromCharCode(...Array.from({ length: 95 }, (_, index) => 32 + index))
const kana =
  'ぁあぃいぅうぇえぉおかがきぎくぐけげこごさざしじすずせぜそぞただちぢっつづてでとどなにぬねのはばぱひびぴふぶぷへべぺほぼぽまみむめもゃやゅゆょよらりるれろわをん' +
  'ァアィイゥウェエォオカガキギクグケゲコゴサザシジスズセゼソゾタダチヂッツヅテデトドナニネノハバパヒビピフブプヘベペホボポマミムメモャヤュユョヨラリルレロワンー'
const business =
  '、。・（）〒※年月日株式会社様御中請求書番号発行取引期限登録住所電話金額税込抜率対象外計合小消費単価数量位摘要振先銀支店普通備考下記申上東京都市区町県'

/** What most documents have: it is compressed once for each process, not again for each document. */
const texts: Record<Face, string> = {
  [faces.regular[0] as Face]: ascii + kana + business,
  [faces.bold[0] as Face]:
    '0123456789¥,.-摘要数量単価税率抜込金額請求書小計合消費対象御中様株式会社（）'
}

const flags = new Map<Face, Uint8Array>()

/** For each CID of a face whether it is one of those, if the face has any. */
export function commonIn(face: Face): Uint8Array | undefined {
  const text = texts[face]
  if (!text) return undefined
  const known = flags.get(face) ?? flagsOf(fonts()[face] as TrueType, text)
  flags.set(face, known)
  return known
}

function flagsOf(font: TrueType, text: string) {
  const found = new Uint8Array(font.codes.length)
  for (const character of text) {
    const cid = cidOf(font, character.codePointAt(0) as number)
    if (cid > 0) found[cid] = 1
  }
  return found
}
