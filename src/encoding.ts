const marks: [string, number[]][] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]]
]

/**
 * The text of a file from a stranger: with a byte order mark (UTF-8 or UTF-16), or UTF-8, or CP932, which
 * older programs write in Japan (the WHATWG's `shift_jis` is that). Nothing if it is no text.
 */
export function decode(bytes: Uint8Array): string | undefined {
  const marked = marks.find(([, mark]) => mark.every((byte, index) => bytes[index] === byte))
  const names = marked ? [marked[0]] : ['utf-8', 'shift_jis']
  for (const name of names)
    try {
      const text = new TextDecoder(name, { fatal: true }).decode(bytes)
      return text.includes('\0') ? undefined : text
    } catch {}
  return undefined
}
