import { effectMistakes } from './effect-mistake.ts'
import { rowMistakes } from './row-mistake.ts'

/** A mistake in a file of `src/queue`: what stands there, and what would be wrong. */
export type Mistake = { what: string; file: string; right: string; wrong: string }

/** Each takes one guard away, which the model must notice. */
export const mistakes: Mistake[] = [...rowMistakes, ...effectMistakes]
