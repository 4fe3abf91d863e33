/** How far something is: one line of a terminal that changes, or lines in a log. */
export function openProgress() {
  const isSeen = process.stderr.isTTY
  let shown = ''
  return {
    show(text: string) {
      if (text === shown) return
      shown = text
      process.stderr.write(isSeen ? `\r\u001b[K${text}` : `${text}\n`)
    },
    end() {
      if (isSeen && shown) process.stderr.write('\r\u001b[K')
    }
  }
}
