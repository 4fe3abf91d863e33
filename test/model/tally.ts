import type { Boundary, Fate } from './boundary.ts'

/** What the sequences were made of; `calls` counts the fates of each call to a server. */
export type Tally = { sequences: number; commands: number; calls: Map<string, Map<Fate, number>> }

export function count(tally: Tally, { story, fateCounts }: Boundary) {
  tally.sequences += 1
  tally.commands += story.filter(line => line.startsWith('> ')).length
  for (const [call, counts] of fateCounts) {
    const total = tally.calls.get(call) ?? new Map<Fate, number>()
    for (const [fate, times] of counts) total.set(fate, (total.get(fate) ?? 0) + times)
    tally.calls.set(call, total)
  }
}

/** In one line, for each run. */
export function sumUp({ sequences, commands, calls }: Tally, seed: number): string {
  const all = [...calls.values()]
  const [total, failed, deaths] = [sum(all, every), sum(all, failures), sum(all, dying)]
  const places = all.filter(counts => dying.some(fate => counts.has(fate))).length
  return `${sequences} sequences, ${commands} commands, ${total} calls; ${failed} calls failed, ${deaths} processes died at ${places} of ${calls.size} places; seed ${seed}`
}

/** Each call with how often it was made, has failed, and was the last of its process. */
export function table({ calls }: Tally): string {
  const rows = [...calls].sort(([one], [other]) => (one < other ? -1 : 1))
  const lines = rows.map(([call, counts]) =>
    [call.padEnd(64), ...[every, failures, dying].map(fates => cell(sum([counts], fates)))].join('')
  )
  return [['call'.padEnd(64), ...['made', 'failed', 'died'].map(cell)].join(''), ...lines].join(
    '\n'
  )
}

const failures: Fate[] = ['refuse', 'lose the answer of', 'throttle', 'reject']
const dying: Fate[] = ['die before', 'die after']
const every: Fate[] = ['pass', ...failures, ...dying]

function sum(all: Map<Fate, number>[], fates: Fate[]): number {
  return all.flatMap(counts => fates.map(fate => counts.get(fate) ?? 0)).reduce((a, b) => a + b, 0)
}

const cell = (content: string | number) => String(content).padStart(9)
