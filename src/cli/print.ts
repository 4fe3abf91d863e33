import { harmless, harmlessJson } from './text.ts'

/** Writes a text and a line break; gives the exit code of a command that has done what it should. */
export function print(text: string): 0 {
  process.stdout.write(`${text}\n`)
  return 0
}

export const jsonText = (value: unknown) => harmlessJson(JSON.stringify(value, null, 2))

export const printJson = (value: unknown): 0 => print(jsonText(value))

/** For people who look on; never in the way of what is printed. What it tells of may come from a stranger. */
export function tell(text: string) {
  process.stderr.write(`${harmless(text)}\n`)
}
