/** A character that a font has: its code point, the selector of its variant or 0, and its glyph. */
export type Character = { code: number; selector: number; glyph: number }

/**
 * The characters of a font in a fixed order: plain ones by code point, then variants (葛 U+845B with
 * U+E0100) by code point and selector. Reads the formats 4, 12 and 14 (OpenType, "cmap"); throws where
 * there is neither 4 nor 12.
 */
export function charactersOf(cmap: DataView): Character[] {
  const plain = new Uint16Array(0x110000)
  const variants: Character[] = []
  const tables = subtablesOf(cmap)
  // Format 4 says the same of the Basic Multilingual Plane as format 12, if there is that.
  const [groups, segments, selections] = [12, 4, 14].map(format =>
    tables.filter(table => table.getUint16(0) === format)
  ) as [DataView[], DataView[], DataView[]]
  for (const table of groups) readGroups(table, plain)
  if (groups.length === 0) for (const table of segments) readSegments(table, plain)
  for (const table of selections) readVariants(table, plain, variants)
  const characters = listOf(plain)
  if (characters.length === 0)
    throw new Error(
      'The font lists no characters by Unicode: take one with a "cmap" of format 4 or 12.'
    )
  for (const variant of variants.sort(byCode)) characters.push(variant)
  return characters
}

function listOf(plain: Uint16Array) {
  const characters: Character[] = []
  for (let code = 0; code < plain.length; code += 1) {
    const glyph = plain[code] as number
    if (glyph !== 0) characters.push({ code, selector: 0, glyph })
  }
  return characters
}

function byCode(a: Character, b: Character) {
  return a.code - b.code || a.selector - b.selector
}

function subtablesOf(cmap: DataView): DataView[] {
  const offsets = new Set<number>()
  for (let index = 0; index < cmap.getUint16(2); index += 1)
    offsets.add(cmap.getUint32(4 + index * 8 + 4))
  return [...offsets].map(offset => new DataView(cmap.buffer, cmap.byteOffset + offset))
}

/** Format 4: segments of the Basic Multilingual Plane. */
function readSegments(table: DataView, plain: Uint16Array) {
  const size = table.getUint16(6)
  const [ends, starts, deltas, ranges] = [14, 16 + size, 16 + 2 * size, 16 + 3 * size]
  for (let segment = 0; segment < size; segment += 2) {
    const delta = table.getUint16(deltas + segment)
    const range = table.getUint16(ranges + segment)
    const start = table.getUint16(starts + segment)
    for (let code = start; code <= table.getUint16(ends + segment) && code < 0xffff; code += 1) {
      const place = ranges + segment + range + (code - start) * 2
      const listed = range === 0 ? code : table.getUint16(place)
      if (listed !== 0 || range === 0) plain[code] = (listed + delta) & 0xffff
    }
  }
}

/** Format 12: groups of all planes. */
function readGroups(table: DataView, plain: Uint16Array) {
  for (let group = 0; group < table.getUint32(12); group += 1) {
    const place = 16 + group * 12
    const [start, end] = [table.getUint32(place), table.getUint32(place + 4)]
    const first = table.getUint32(place + 8)
    for (let code = start; code <= end; code += 1) plain[code] = first + code - start
  }
}

/** Format 14: for each selector, the characters it leaves as they are, and those it changes. */
function readVariants(table: DataView, plain: Uint16Array, variants: Character[]) {
  for (let record = 0; record < table.getUint32(6); record += 1) {
    const place = 10 + record * 11
    const selector = uint24(table, place)
    const [same, other] = [table.getUint32(place + 3), table.getUint32(place + 7)]
    const count = same ? table.getUint32(same) : 0
    for (let range = 0; range < count; range += 1) {
      const start = uint24(table, same + 4 + range * 4)
      const more = table.getUint8(same + 4 + range * 4 + 3)
      for (let code = start; code <= start + more; code += 1)
        variants.push({ code, selector, glyph: plain[code] as number })
    }
    const changed = other ? table.getUint32(other) : 0
    for (let index = 0; index < changed; index += 1) {
      const mapping = other + 4 + index * 5
      const glyph = table.getUint16(mapping + 3)
      variants.push({ code: uint24(table, mapping), selector, glyph })
    }
  }
}

function uint24(table: DataView, offset: number) {
  return table.getUint16(offset) * 256 + table.getUint8(offset + 2)
}
