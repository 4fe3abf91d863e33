import { type Language, type Sentence, speak } from '../language.ts'
import type { Album } from './album.ts'

/** What the person should know about the pictures: each sentence names them, and says what to do. */
export function pictureWarnings(
  { told, absent, bad, unused }: Album,
  language: Language
): string[] {
  const list = (names: readonly string[]) => listed(names, language)
  const sentences: Sentence[] = []
  if (absent.length > 0) sentences.push(absentOnes(absent.length, list(absent)))
  for (const [sentence, names] of byFault(bad)) sentences.push(badOnes(sentence, list(names)))
  if (told.length > 0) sentences.push(toldOnes(told.length, list(told)))
  if (unused.size > 0)
    sentences.push(
      unusedOnes(
        [...unused].map(({ name }) => name),
        list
      )
    )
  return sentences.map(sentence => sentence[language])
}

function byFault(bad: Album['bad']) {
  const faults = new Map<Sentence, string[]>()
  for (const { name, error } of bad)
    faults.set(error.sentence, [...(faults.get(error.sentence) ?? []), name])
  return faults
}

function absentOnes(count: number, names: string): Sentence {
  return {
    ja: `取り込めない画像が${count}点あり、説明の文字で代えました：${names}。PNGかJPEGのファイルを添付し、本文にはそのファイル名を書いてください。ウェブ上の画像は取り込みません。`,
    en: `Words stand for ${count} of the pictures: ${names}. Attach their files (PNG or JPEG) and write the names of these in the text; pictures on the web are never fetched.`
  }
}

function badOnes({ ja, en }: Sentence, names: string): Sentence {
  return {
    ja: `画像${names}を説明の文字で代えました。${ja}`,
    en: `Words stand for ${names}. ${en}`
  }
}

function toldOnes(count: number, names: string): Sentence {
  return {
    ja: `表と見出しには画像が入らないため、${count}点を説明の文字で代えました：${names}。表や見出しの外の段落に書いてください。`,
    en: `There is no room for pictures in tables and headings, so words stand for ${count} of them: ${names}. Move them to a paragraph of their own.`
  }
}

function unusedOnes(files: string[], list: (names: string[]) => string): Sentence {
  const [first = ''] = files
  // CommonMark ends the place of a picture at a space or a bracket, but for one in angle brackets.
  const place = /[\s()<>]/.test(first) ? `<${first.replace(/[<>]/g, '\\$&')}>` : first
  return {
    ja: `添付された画像のうち、本文に名前のないものは載せていません：${list(files)}。載せたい場所に「![説明](${place})」のように書いてください。`,
    en: `Attached, but not named in the text, and so left out: ${list(files)}. Write ![what it shows](${place}) where the picture belongs.`
  }
}

/** The first few, each once. */
function listed(all: readonly string[], language: Language) {
  const names = [...new Set(all)]
  const t = speak(language)
  const first = names.slice(0, 5).map(name => t(`「${name}」`, `“${name}”`))
  const rest = names.length - first.length
  return first.join(t('', ', ')) + (rest > 0 ? t(`ほか${rest}点`, ` and ${rest} more`) : '')
}
