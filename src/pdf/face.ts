import { createHash } from 'node:crypto'
import { create, type Font as ParsedFont } from '@cantoo/fontkit'
import type { PDFDocument } from 'pdf-lib'
import { clustersOf } from './cluster.ts'
import { type Font, fontFor, type Glyph, geta, type Weight } from './font.ts'

/**
 * A font as one document embeds it. Each glyph has one owner: where two characters share a glyph (日 and
 * ⽇, `-` and U+2011), the second goes to another face of the same font, so that both can be searched
 * and copied as they were written.
 */
export type Face = { font: Font; owners: Map<number, string> }

/** A stretch of text in one face. */
export type Piece = { face: Face; text: string }

/** Cuts text into pieces, adding faces as needed; `missing` collects what no font has, drawn as 〓. */
export function piecesOf(text: string, weight: Weight, faces: Face[], missing: Set<string>) {
  const pieces: Piece[] = []
  for (const wanted of clustersOf(text)) {
    const [font, cluster, glyph] = printable(wanted, weight)
    if (cluster === geta && wanted !== geta) missing.add(wanted)
    const face = claim(faces, font, cluster, glyph)
    const last = pieces.at(-1)
    if (last?.face === face) last.text += cluster
    else pieces.push({ face, text: cluster })
  }
  return pieces
}

/** Width in em. */
export function widthOf(text: string, weight: Weight): number {
  return clustersOf(text).reduce((sum, wanted) => sum + printable(wanted, weight)[2].width, 0)
}

/** It would cost a face of its own, for a glyph without ink. */
const noBreakSpace = '\u00a0'

function printable(cluster: string, weight: Weight): [Font, string, Glyph] {
  if (cluster === noBreakSpace) return printable(' ', weight)
  const font = fontFor(cluster, weight)
  if (font) return [font, cluster, font.glyph(cluster) as Glyph]
  return printable(geta, weight)
}

function claim(faces: Face[], font: Font, cluster: string, { id }: Glyph): Face {
  let face = faces.find(it => it.font === font && (it.owners.get(id) ?? cluster) === cluster)
  if (!face) {
    face = { font, owners: new Map() }
    faces.push(face)
  }
  face.owners.set(id, cluster)
  return face
}

/** Embeds what the document uses of a font. Its name begins with a tag made from that (ISO 32000-1 §9.6.4). */
export function embed(pdf: PDFDocument, { font, owners }: Face) {
  pdf.registerFontkit(fontkit)
  const customName = `${tagOf([...owners.values()].join(''))}+${font.name}`
  return pdf.embedFont(font.bytes, { subset: true, customName })
}

/**
 * Fontkit without its shaping: one glyph for each character, as measured. Japanese needs none, and
 * substituted glyphs would be lost to search.
 */
const fontkit = {
  create(bytes: Uint8Array) {
    const font = create(bytes) as ParsedFont
    const layout = (text: string) => ({ glyphs: font.glyphsForString(text) })
    return Object.assign(font, { layout })
  }
} as unknown as Parameters<PDFDocument['registerFontkit']>[0]

function tagOf(text: string) {
  const digest = createHash('sha256').update(text).digest()
  return String.fromCharCode(...digest.subarray(0, 6).map(byte => 65 + (byte % 26)))
}
