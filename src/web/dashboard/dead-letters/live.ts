import type { Html } from '../../../html.ts'
import { type Language, speak } from '../../../language.ts'
import { liveness } from '../overview/page.ts'

/** While something moves, the page brings itself up to date, and says so. */
export function live(isMoving: boolean, time: number, language: Language): Html | false {
  return isMoving && liveness({ time }, language)
}

/** How many there are, with their noun. */
export function letters(count: string, language: Language): string {
  return speak(language)(`${count}件`, count === '1' ? '1 message' : `${count} messages`)
}
