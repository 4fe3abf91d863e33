/** The tables of a TrueType font by their tags; throws where one is missing (OpenType, "Font Tables"). */
export type Tables = (tag: string) => DataView

export function tablesOf(file: Uint8Array): Tables {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const places = new Map<string, DataView>()
  for (let index = 0; index < view.getUint16(4); index += 1) {
    const entry = 12 + index * 16
    const tag = String.fromCharCode(...file.subarray(entry, entry + 4))
    const [offset, length] = [view.getUint32(entry + 8), view.getUint32(entry + 12)]
    if (offset + length > file.length)
      throw new Error(`The font ends within its table "${tag}": take a whole file.`)
    places.set(tag, new DataView(file.buffer, file.byteOffset + offset, length))
  }
  return tag => {
    const table = places.get(tag)
    if (!table) throw new Error(`The font has no table "${tag}": take one with TrueType outlines.`)
    return table
  }
}
