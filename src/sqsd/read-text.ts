import { readFileSync } from 'node:fs'

/** Throws a sentence that names the file. */
export function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new Error(`${file} can't be read: ${(error as Error).message}`, { cause: error })
  }
}
