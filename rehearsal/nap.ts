import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What a nap is ordered with. */
export type Nap = {
  seconds: number
  /** It goes on while this file is there. */
  gate?: string
  /** Throws each time. */
  fails?: boolean
}

/**
 * A kind of job that takes as long as it is told to. Its key is new at each attempt, against the rule
 * for kinds, so that work that was done twice leaves two files.
 */
const job = `import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import Type from 'typebox'
import { html } from '../../html.ts'
import { defineJob } from '../../queue/kind.ts'

export const nap = defineJob(about('nap'))
/** One that may take longer than a message can be waited for. */
export const longNap = defineJob({ ...about('long-nap'), attemptSeconds: 601 })

function about(name: string) {
  return {
    name,
    title: { ja: '昼寝', en: 'Nap' },
    summary: { ja: '', en: '' },
    schema: Type.Object({
      seconds: Type.Number(),
      gate: Type.Optional(Type.String()),
      fails: Type.Optional(Type.Boolean())
    }),
    form: { fields: () => html\`\`, read: values => values },

    async perform({ seconds, gate, fails }, { storage, mail, job }) {
      if (fails) throw new Error('This nap fails each time.')
      const sleep = (milliseconds: number) => setTimeout(milliseconds, undefined, { signal: job.signal })
      await sleep(seconds * 1000)
      while (gate && existsSync(gate)) await sleep(200)
      const about = { name: 'nap.txt', type: 'text/plain' }
      const file = await storage.put(\`nap/\${job.id}/\${randomUUID()}.txt\`, Buffer.from('slept'), about)
      await mail.send({ to: job.email, subject: \`Nap \${job.id}\`, text: job.url, html: job.url })
      return { file }
    }
  }
}
`

/** Adds both kinds to an unpacked bundle as a team would: a folder, and a line in the list of kinds. */
export function addNap(folder: string) {
  const jobs = join(folder, 'src/jobs')
  mkdirSync(join(jobs, 'nap'))
  writeFileSync(join(jobs, 'nap/job.ts'), job)
  const index = join(jobs, 'index.ts')
  writeFileSync(index, withNap(readFileSync(index, 'utf8')))
}

/** The list of kinds with one more. Throws when it has another form than this file knows. */
export function withNap(index: string): string {
  const list = /^(export const kinds: Kind\[\] = \[)/m
  if (!list.test(index))
    throw new Error(
      'src/jobs/index.ts has no "export const kinds: Kind[] = [": see rehearsal/nap.ts.'
    )
  return `import { longNap, nap } from './nap/job.ts'\n${index.replace(list, '$1nap, longNap, ')}`
}
