/** Writes a text and a line break; gives the exit code of a command that has done what it should. */
export function print(text: string): 0 {
  process.stdout.write(`${text}\n`)
  return 0
}

export const jsonText = (value: unknown) => JSON.stringify(value, null, 2)

export const printJson = (value: unknown): 0 => print(jsonText(value))

/** For people who look on; never in the way of what is printed. */
export function tell(text: string) {
  process.stderr.write(`${text}\n`)
}
