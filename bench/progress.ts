/** Says where a benchmark is: on a terminal in one line that changes, elsewhere a line for each part of it. */
export function say(part: string, step = '') {
  const { isTTY } = process.stderr
  if (isTTY) process.stderr.write(`\r\x1b[K… ${part}${step && `, ${step}`}`)
  else if (part !== said) process.stderr.write(`… ${part}\n`)
  said = part
}

let said = ''

/** A line of the result, which stays. */
export function print(line: string) {
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
  process.stdout.write(`${line}\n`)
}

/** A target and whether it was met; a busy machine may miss it, so it fails nothing. */
export function judge(target: string, isMet: boolean) {
  print(`  target ${target}: ${isMet ? 'yes' : 'no'}`)
}
