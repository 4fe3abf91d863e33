import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readTrueType, type TrueType } from './truetype.ts'

/** `mono` is for code: a full-width character is exactly as wide as two half-width ones. */
export type Weight = 'regular' | 'bold' | 'mono'

/** A font by its number in the list of all. */
export type Face = number

/** In order of preference: what one lacks, the next may have (≒ is in BIZ UDPGothic, emoji in Noto Emoji). */
const cuts = ['400Regular', '700Bold']
const families = [
  { folder: 'noto-sans-jp', name: 'NotoSansJP', cuts },
  { folder: 'biz-udpgothic', name: 'BIZUDPGothic', cuts },
  { folder: 'noto-emoji', name: 'NotoEmoji', cuts },
  // Its straight quotes are drawn as curly ones.
  { folder: 'biz-udgothic', name: 'BIZUDGothic', cuts: ['400Regular'], without: `'"` }
]

/** Where to look for a character, first to last. */
export const faces: Record<Weight, Face[]> = {
  regular: [0, 2, 4],
  bold: [1, 3, 5],
  mono: [6, 0, 2, 4]
}

const cutsOfAll = families.flatMap(family => family.cuts.map(cut => ({ family, cut })))
let opened: TrueType[] = []

/** A font, which is read when it is first asked for: most documents take two of all. */
export function fontOf(face: Face): TrueType {
  return opened[face] ?? open(face)
}

function open(face: Face): TrueType {
  const { family, cut } = cutsOfAll[face] as (typeof cutsOfAll)[number]
  const font = read(family, cut)
  opened[face] = font
  return font
}

/** All fonts, for threads to share. */
export function allFonts(): TrueType[] {
  return cutsOfAll.map((_, face) => fontOf(face))
}

/** Takes the fonts that another thread has read. */
export function shareFonts(theirs: TrueType[]) {
  opened = theirs
}

type Family = { folder: string; name: string; without?: string }

function read({ folder, name, without = '' }: Family, cut: string): TrueType {
  const path = `@expo-google-fonts/${folder}/${cut}/${name}_${cut}.ttf`
  const bytes = readFileSync(fileURLToPath(import.meta.resolve(path)))
  const file = new Uint8Array(new SharedArrayBuffer(bytes.length))
  file.set(bytes)
  const font = readTrueType(file)
  for (const character of without) font.plane[character.charCodeAt(0)] = 0
  return font
}
