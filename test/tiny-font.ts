/** A TrueType font made by hand, small enough to be seen through: for tests of the font layer. */

export const u8 = (...values: number[]) => values.map(value => value & 255)
export const u16 = (...values: number[]) => values.flatMap(value => u8(value >> 8, value))
export const u24 = (value: number) => u8(value >> 16, value >> 8, value)
export const u32 = (...values: number[]) => values.flatMap(value => u16(value >>> 16, value))

/** A triangle at `x`, with `hints` of instructions. */
export function triangle(x: number, hints: number[] = []): number[] {
  const head = u16(1, 0, 0, 9, 9, 2, hints.length)
  return [...head, ...hints, ...u8(0x37, 0x37, 0x37), ...u8(x, 1, 2), ...u8(1, 2, 3)]
}

/** Glyphs put together; the last part says that instructions follow, and they do. */
export function composite(parts: number[], hints: number[] = []): number[] {
  const listed = parts.flatMap((glyph, index) => {
    const isLast = index === parts.length - 1
    // Words for arguments in the first, a scale in the others: both move what comes next.
    const flags = (index === 0 ? 1 : 8) | (isLast ? 0 : 0x20) | (isLast && hints.length ? 0x100 : 0)
    return [...u16(flags, glyph), ...(index === 0 ? u16(1, 2) : [...u8(3, 4), ...u16(0x4000)])]
  })
  return [...u16(-1, 0, 0, 9, 9), ...listed, ...(hints.length ? u16(hints.length) : []), ...hints]
}

/** The table "cmap" with the given subtables. */
export function cmapOf(...subtables: number[][]): number[] {
  let offset = 4 + subtables.length * 8
  const records = subtables.flatMap(subtable => {
    const record = [...u16(0, 3), ...u32(offset)]
    offset += subtable.length
    return record
  })
  return [...u16(0, subtables.length), ...records, ...subtables.flat()]
}

/** Format 4: segments of start, end, delta, and glyphs that are listed one by one instead. */
export function format4(
  segments: { start: number; end: number; delta: number; glyphs?: number[] }[]
) {
  const all = [...segments, { start: 0xffff, end: 0xffff, delta: 1 }] as typeof segments
  const listed: number[] = []
  const ranges = all.map(({ glyphs }, index) => {
    if (!glyphs) return 0
    const range = (all.length - index + listed.length) * 2
    listed.push(...glyphs)
    return range
  })
  const [ends, starts] = [all.map(({ end }) => end), all.map(({ start }) => start)]
  const deltas = all.map(({ delta }) => delta)
  const body = u16(all.length * 2, 0, 0, 0, ...ends, 0, ...starts, ...deltas, ...ranges, ...listed)
  return [...u16(4, body.length + 6, 0), ...body]
}

/** Format 12: groups of first code, last code, first glyph. */
export function format12(groups: [number, number, number][]): number[] {
  return [
    ...u16(12, 0),
    ...u32(16 + groups.length * 12, 0, groups.length),
    ...u32(...groups.flat())
  ]
}

/** Format 14: of each selector, the ranges it leaves as they are, and those it gives other glyphs. */
export function format14(
  records: { selector: number; same?: [number, number][]; other?: [number, number][] }[]
): number[] {
  let offset = 10 + records.length * 11
  const bodies: number[] = []
  const place = (body: number[] | undefined) => {
    if (!body) return 0
    bodies.push(...body)
    offset += body.length
    return offset - body.length
  }
  const heads = records.flatMap(({ selector, same, other }) => [
    ...u24(selector),
    ...u32(
      place(
        same && [...u32(same.length), ...same.flatMap(([start, more]) => [...u24(start), more])]
      )
    ),
    ...u32(
      place(
        other && [
          ...u32(other.length),
          ...other.flatMap(([code, glyph]) => [...u24(code), ...u16(glyph)])
        ]
      )
    )
  ])
  return [...u16(14), ...u32(0, records.length), ...heads, ...bodies]
}

export type TinyFont = { glyphs: number[][]; cmap: number[]; isLong?: boolean; without?: string }

/** The file of a font: 500 units to the em, glyph n is 100 + n wide, but from the third on all are. */
export function tinyFont({ glyphs, cmap, isLong = false, without }: TinyFont): Uint8Array {
  const even = glyphs.map(glyph => (glyph.length % 2 ? [...glyph, 0] : glyph))
  const ends = [0]
  for (const { length } of even) ends.push((ends.at(-1) as number) + length)
  const name = [...'Tiny'].flatMap(letter => u16(letter.charCodeAt(0)))
  const tables: Record<string, number[]> = {
    'OS/2': [...u16(3, 0, 700), ...new Array(82).fill(0), ...u16(400)],
    cmap,
    cvt: [1, 2, 3, 4],
    fpgm: [1, 2, 3, 4],
    glyf: even.flat(),
    head: [
      ...u32(0x10000, 0, 0, 0x5f0f3cf5),
      ...u16(0, 500),
      ...new Array(16).fill(0),
      ...u16(-1, -2, 300, 400, 0, 0, 0, isLong ? 1 : 0, 0)
    ],
    hhea: [...u32(0x10000), ...u16(440, -60), ...new Array(26).fill(0), ...u16(3)],
    hmtx: u16(100, 10, 101, 11, 102, 12, ...glyphs.slice(3).map((_, index) => 13 + index)),
    loca: isLong ? u32(...ends) : u16(...ends.map(end => end / 2)),
    maxp: [...u32(0x10000), ...u16(glyphs.length), ...new Array(26).fill(0)],
    name: [...u16(0, 1, 18), ...u16(3, 1, 0x409, 6, name.length, 0), ...name]
  }
  return fileOf(Object.entries(tables).filter(([tag]) => tag !== without))
}

function fileOf(tables: [string, number[]][]): Uint8Array {
  let offset = 12 + tables.length * 16
  const entries = tables.flatMap(([tag, { length }]) => {
    const entry = [...Buffer.from(tag.padEnd(4)), ...u32(0, offset, length)]
    offset += (length + 3) & ~3
    return entry
  })
  const bodies = tables.flatMap(([, body]) => [...body, ...new Array(-body.length & 3).fill(0)])
  return Uint8Array.from([...u32(0x10000), ...u16(tables.length, 0, 0, 0), ...entries, ...bodies])
}
