import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readTrueType, type TrueType } from './truetype.ts'

export type Weight = 'regular' | 'bold'

/** A font by its number in the list of all. */
export type Face = number

/** In order of preference: what one lacks, the next may have (≒ is in BIZ UDPGothic, emoji in Noto Emoji). */
const families = [
  { folder: 'noto-sans-jp', name: 'NotoSansJP' },
  { folder: 'biz-udpgothic', name: 'BIZUDPGothic' },
  { folder: 'noto-emoji', name: 'NotoEmoji' }
]
const cuts = ['400Regular', '700Bold']

/** Where to look for a character, first to last. */
export const faces: Record<Weight, Face[]> = { regular: [0, 2, 4], bold: [1, 3, 5] }

let opened: TrueType[] | undefined

/** All fonts, read once; a thread of the pool has been given those of its process. */
export function fonts(): TrueType[] {
  opened ??= families.flatMap(family => cuts.map(cut => read(family, cut)))
  return opened
}

/** Takes the fonts that another thread has read. */
export function shareFonts(theirs: TrueType[]) {
  opened = theirs
}

function read({ folder, name }: (typeof families)[number], cut: string): TrueType {
  const path = `@expo-google-fonts/${folder}/${cut}/${name}_${cut}.ttf`
  const bytes = readFileSync(fileURLToPath(import.meta.resolve(path)))
  const file = new Uint8Array(new SharedArrayBuffer(bytes.length))
  file.set(bytes)
  return readTrueType(file)
}
