import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { create, type Font as ParsedFont } from '@cantoo/fontkit'

export type Weight = 'regular' | 'bold'

/** `width` in em, `id` within the font. */
export type Glyph = { id: number; width: number }

export type Font = {
  name: string
  bytes: Uint8Array
  glyph(cluster: string): Glyph | undefined
}

/** In order of preference: what one lacks, the next may have (≒ is in BIZ UDPGothic, emoji in Noto Emoji). */
const families = [
  { folder: 'noto-sans-jp', name: 'NotoSansJP' },
  { folder: 'biz-udpgothic', name: 'BIZUDPGothic' },
  { folder: 'noto-emoji', name: 'NotoEmoji' }
]
const cuts = { regular: '400Regular', bold: '700Bold' }

/** 〓, the printer's mark for a missing sort. */
export const geta = '〓'

const opened = new Map<string, Font>()

/** The first font that has the character, or nothing. */
export function fontFor(cluster: string, weight: Weight): Font | undefined {
  for (const family of families) {
    const font = openFont(family, weight)
    if (font.glyph(cluster)) return font
  }
}

function openFont({ folder, name }: (typeof families)[number], weight: Weight): Font {
  const cut = cuts[weight]
  const file = `@expo-google-fonts/${folder}/${cut}/${name}_${cut}.ttf`
  const font = opened.get(file) ?? readFont(file)
  opened.set(file, font)
  return font
}

/**
 * Reads a font to measure with. The parsed font stays in this file: its glyphs remember the first
 * character they were asked for, so a document that embedded it would be searched and copied with the
 * characters of an earlier one (日 as ⽇). Documents parse the bytes again.
 */
function readFont(file: string): Font {
  const bytes = readFileSync(fileURLToPath(import.meta.resolve(file)))
  const font = create(bytes) as ParsedFont
  const glyphs = new Map<string, Glyph>()
  return {
    name: font.postscriptName ?? 'Font',
    bytes,
    glyph(cluster) {
      const known = glyphs.get(cluster)
      if (known) return known
      const glyph = lookUp(font, cluster)
      if (glyph) glyphs.set(cluster, glyph)
      return glyph
    }
  }
}

function lookUp(font: ParsedFont, cluster: string): Glyph | undefined {
  if (!font.hasGlyphForCodePoint(cluster.codePointAt(0) ?? 0)) return
  const glyph = font.glyphsForString(cluster)[0]
  return glyph && { id: glyph.id, width: glyph.advanceWidth / font.unitsPerEm }
}
