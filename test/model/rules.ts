import { answerRules } from './answer-rules.ts'
import type { Fate, Program } from './boundary.ts'
import { effectRules, mailRules } from './effect-rules.ts'
import type { Changes, Entry, Row } from './history.ts'
import { addressOf } from './kind.ts'
import { type Answer, type Memory, openMemory } from './memory.ts'
import { type Rule, rowRules } from './row-rules.ts'
import type { Servers } from './servers.ts'

export type Rules = ReturnType<typeof openRules>

/** The promises of docs/states.md, held against everything that happens. */
export function openRules(servers: Servers) {
  const memory = openMemory(servers.sqs)
  const breaches: unknown[] = []
  let hasMailed = false
  const fail = (breach: unknown) => breaches.push(breach)

  function apply<Fact>(rules: Record<string, Rule<Fact>>, fact: Fact) {
    for (const [promise, holds] of Object.entries(rules))
      if (!holds(fact, memory)) fail(new Error(`Broken: ${promise}.\n${JSON.stringify(fact)}`))
  }

  return {
    memory,
    fail,

    /** What one statement has changed. */
    judge(changes: Changes) {
      for (const change of changes.jobs)
        if (change.before) apply(rowRules, { ...change, before: change.before })
      for (const change of changes.effects) apply(effectRules, change)
      memory.learn(changes)
    },

    /** A sweep that nothing has disturbed is over; `unsent` waited for it as they were when it began. */
    swept(unsent: Row[]) {
      const left = unsent.find(row => memory.rows.get(row.id) === row)
      if (left) fail(new Error(`Broken: the sweep sends what was not sent. Job ${left.id}.`))
    },

    answered: (answer: Answer) => apply(answerRules, answer),

    mailed(program: Program, fate: Fate) {
      hasMailed = true
      if (fate === 'pass') memory.mailedAt.set(program, Date.now())
      apply(mailRules, program)
    },

    /** Throws the first promise that was broken. */
    async check() {
      if (hasMailed) breaches.push(...(await tooManyMails(servers, memory)))
      hasMailed = false
      if (breaches.length > 0) throw breaches[0]
    }
  }
}

/** One mail for each job, and one more for each counted doubt; if these are held, for each that the operator decided. */
async function tooManyMails({ services, mails }: Servers, memory: Memory) {
  const sent = await mails()
  const entries: Entry[] = await services.database('effects')
  return [...memory.rows.values()].flatMap(({ id, kind }) => {
    const count = sent.filter(({ to }) => to.includes(addressOf(id))).length
    const { ambiguous = 0 } = entries.find(({ job_id }) => job_id === id) ?? {}
    const most = 1 + (kind === 'hold' ? memory.decisionsOn(id) : ambiguous)
    return count <= most
      ? []
      : [new Error(`Broken: job ${id} may have ${most} mails and has ${count}.`)]
  })
}
