import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { create, type Font } from '@cantoo/fontkit'

/** A font file, and what layout needs to know of it. */
export type Face = {
  name: string
  bytes: Uint8Array
  /** The glyph of a code point and its advance in thousandths of the size; nothing if there is none. */
  glyph(codePoint: number): { id: number; advance: number } | undefined
}

export type Weight = 'regular' | 'bold'

const files = {
  noto: '@expo-google-fonts/noto-sans-jp/400Regular/NotoSansJP_400Regular.ttf',
  notoBold: '@expo-google-fonts/noto-sans-jp/700Bold/NotoSansJP_700Bold.ttf',
  biz: '@expo-google-fonts/biz-udpgothic/400Regular/BIZUDPGothic_400Regular.ttf',
  bizBold: '@expo-google-fonts/biz-udpgothic/700Bold/BIZUDPGothic_700Bold.ttf',
  emoji: '@expo-google-fonts/noto-emoji/400Regular/NotoEmoji_400Regular.ttf'
}

const opened = new Map<string, Face>()

/** The faces that are tried for each character, in order. Noto lacks ≒, BIZ UDPGothic has it. */
const chains: Record<Weight, (keyof typeof files)[]> = {
  regular: ['noto', 'biz', 'emoji'],
  bold: ['notoBold', 'bizBold', 'emoji']
}

/** What stands for a character that no face has (JIS X 0208 calls it the geta mark). */
export const geta = '〓'

/** The first face that can print the character, or nothing. */
export function faceFor(codePoint: number, weight: Weight): Face | undefined {
  return chains[weight].map(openFace).find(face => face.glyph(codePoint))
}

/** Fonts are only measured here; a document embeds its own, so that no text of it stays behind. */
function openFace(name: keyof typeof files): Face {
  const known = opened.get(name)
  if (known) return known
  const bytes = readFileSync(fileURLToPath(import.meta.resolve(files[name])))
  const font = create(bytes) as Font
  const measured = new Map<number, { id: number; advance: number } | undefined>()
  const face: Face = {
    name,
    bytes,
    glyph(codePoint) {
      if (!measured.has(codePoint)) measured.set(codePoint, measure(font, codePoint))
      return measured.get(codePoint)
    }
  }
  opened.set(name, face)
  return face
}

function measure(font: Font, codePoint: number) {
  const glyph = font.hasGlyphForCodePoint(codePoint) && font.glyphForCodePoint(codePoint)
  if (!glyph) return undefined
  const { id, advanceWidth } = glyph
  return { id, advance: (advanceWidth * 1000) / font.unitsPerEm }
}
