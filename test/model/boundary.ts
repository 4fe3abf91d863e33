import { setImmediate } from 'node:timers/promises'

/**
 * What becomes of a call: `throttle` and `reject` are for servers that answer so, and have done nothing; the
 * rest can happen to any.
 */
export type Fate =
  | 'pass'
  | 'refuse'
  | 'lose the answer of'
  | 'throttle'
  | 'reject'
  | 'die before'
  | 'die after'

/** A process of the line, as long as it has one thing to do. */
export type Program = {
  name: string
  role: Role
  isDead: boolean
  isStopping: boolean
  troubles: Trouble[]
}
/** A call that has failed. */
export type Trouble = { name: string; fate: Fate }
export type Role = 'web' | 'worker' | 'sweep' | 'dead-letter' | 'operator' | 'restart'

/** A call that a program has made, and that waits for its fate. */
export type Call = {
  program: Program
  name: string
  /** What can become of it, beside passing. */
  fates: Fate[]
  release(fate: Fate): Promise<void>
}

const common: Fate[] = ['refuse', 'lose the answer of', 'die before', 'die after']

export type Boundary = ReturnType<typeof openBoundary>

/** Who is told of each call that has reached its server, and of each death. */
export type Watch = {
  done(program: Program, name: string, fate: Fate): Promise<void>
  died(program: Program): void
}

/**
 * Where the engine ends and its servers begin. Every call stops here until it is released, one at a time,
 * so who comes when, and who dies at which call, is nobody's choice but the model's.
 */
export function openBoundary({ done, died }: Watch) {
  const pending: Call[] = []
  const story: string[] = []
  const fateCounts = new Map<string, Map<Fate, number>>()

  function note({ role, name: who }: Program, name: string, fate: Fate) {
    story.push(`${who}: ${fate} ${name}`)
    const place = `${role}: ${name}`
    const counts = fateCounts.get(place) ?? new Map()
    fateCounts.set(place, counts.set(fate, (counts.get(fate) ?? 0) + 1))
  }

  function kill(program: Program) {
    program.isDead = true
    const others = pending.filter(call => call.program !== program)
    pending.splice(0, pending.length, ...others)
    died(program)
  }

  async function carryOut<Value>(
    program: Program,
    name: string,
    fate: Fate,
    act: (fate: Fate) => Promise<Value>
  ): Promise<{ outcome: Promise<Value> } | undefined> {
    if (fate === 'die before') return void kill(program)
    const outcome = act(fate === 'die after' ? 'pass' : fate)
    await Promise.allSettled([outcome])
    await done(program, name, fate)
    if (fate === 'die after') return void kill(program)
    return { outcome }
  }

  return {
    pending,
    story,
    fateCounts,
    kill,

    /** Calls `act` when the call is released; a dead program never hears of it. */
    async call<Value>(
      program: Program,
      name: string,
      act: (fate: Fate) => Promise<Value>,
      more: Fate[] = []
    ) {
      const { promise, resolve } = Promise.withResolvers<Value>()
      const call: Call = {
        program,
        name,
        fates: [...common, ...more],
        async release(fate) {
          pending.splice(pending.indexOf(call), 1)
          note(program, name, fate)
          if (fate !== 'pass') program.troubles.push({ name, fate })
          const answer = await carryOut(program, name, fate, act)
          if (answer) resolve(answer.outcome)
          await rest()
        }
      }
      if (!program.isDead) pending.push(call)
      return await promise
    }
  }
}

/**
 * Until every program has come to its next call: between two calls there is nothing but promises, and the
 * `setImmediate` after which a receipt is written that no other statement has taken.
 */
export async function rest() {
  await setImmediate()
  await setImmediate()
}
