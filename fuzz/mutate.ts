import { hostile } from './hostile.ts'
import type { Random } from './random.ts'

/** As much as a part that is repeated makes of an input. */
const longest = 65_536

type Change = (random: Random, input: Buffer) => Buffer

/**
 * An input made of good examples by some changes: of bytes, of lines, of words of the format. No longer than
 * `most` bytes, where long ones would only be slow.
 */
export function mutate(
  random: Random,
  examples: readonly Buffer[],
  words: readonly string[] = [],
  most = longest
) {
  let input = random.pick(examples)
  const all = [...changes, wordsIn(words), wordsIn(words), wordsIn(hostile), splicing(examples)]
  for (let left = 1 + random.below(5); left > 0; left -= 1)
    input = random.pick(all)(random, input).subarray(0, most)
  return input
}

/** The same for a text. */
export function mutateText(random: Random, text: string, words: readonly string[] = []): string {
  return mutate(random, [Buffer.from(text)], words).toString()
}

/** A number at the edge of something, for a field of so many bytes. */
export function edge(random: Random, bytes: number): number {
  const most = 256 ** bytes - 1
  const half = (most + 1) / 2
  const edges = [0, 1, 2, 3, 7, 8, 255, 256, half - 1, half, most - 1, most]
  return Math.min(most, random.oneIn(3) ? random.below(most) : random.pick(edges))
}

const changes: Change[] = [flip, set, drop, repeat, repeatMuch, cut, swapLines, repeatLine]

function flip(random: Random, input: Buffer) {
  const changed = Buffer.from(input)
  const at = random.below(changed.length)
  changed[at] = (changed[at] ?? 0) ^ (1 << random.below(8))
  return changed
}

function set(random: Random, input: Buffer) {
  const changed = Buffer.from(input)
  changed[random.below(changed.length)] = random.pick([0, 1, 10, 13, 32, 34, 44, 127, 128, 255])
  return changed
}

function drop(random: Random, input: Buffer) {
  const [from, to] = partOf(random, input)
  return Buffer.concat([input.subarray(0, from), input.subarray(to)])
}

function repeat(random: Random, input: Buffer) {
  return repeated(random, input, 1 + random.below(4))
}

function repeatMuch(random: Random, input: Buffer) {
  return repeated(random, input, random.oneIn(20) ? 20_000 : 50)
}

function repeated(random: Random, input: Buffer, times: number) {
  const [from, to] = partOf(random, input)
  const count = Math.min(times, Math.floor(longest / Math.max(1, to - from)))
  const parts = Array.from({ length: count }, () => input.subarray(from, to))
  return Buffer.concat([input.subarray(0, to), ...parts, input.subarray(to)])
}

function cut(random: Random, input: Buffer) {
  return input.subarray(0, random.below(input.length + 1))
}

function swapLines(random: Random, input: Buffer) {
  const lines = linesOf(input)
  const [one, other] = [random.below(lines.length), random.below(lines.length)]
  ;[lines[one], lines[other]] = [lines[other] ?? '', lines[one] ?? '']
  return joined(lines)
}

function repeatLine(random: Random, input: Buffer) {
  const lines = linesOf(input)
  lines.splice(random.below(lines.length), 0, random.pick(lines))
  return joined(lines)
}

function wordsIn(words: readonly string[]): Change {
  return (random, input) => {
    if (words.length === 0) return flip(random, input)
    const from = random.below(input.length + 1)
    const to = random.oneIn(2) ? from : Math.min(input.length, from + 1 + random.below(12))
    const word = Buffer.from(random.pick(words))
    return Buffer.concat([input.subarray(0, from), word, input.subarray(to)])
  }
}

function splicing(examples: readonly Buffer[]): Change {
  return (random, input) => {
    const other = random.pick(examples)
    const [from, to] = partOf(random, other)
    const at = random.below(input.length + 1)
    return Buffer.concat([input.subarray(0, at), other.subarray(from, to), input.subarray(at)])
  }
}

function partOf(random: Random, input: Buffer): [number, number] {
  const from = random.below(input.length)
  const length = 1 + random.below(random.oneIn(3) ? input.length : 16)
  return [from, Math.min(input.length, from + length)]
}

/** latin1 keeps bytes that are no text. */
function linesOf(input: Buffer) {
  return input.toString('latin1').split('\n')
}

function joined(lines: string[]) {
  return Buffer.from(lines.join('\n'), 'latin1')
}
