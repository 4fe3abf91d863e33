import Type, { type Static } from 'typebox'
import { html } from '../../src/html.ts'
import { defineJob, type Kind, type Tools } from '../../src/queue/kind.ts'
import { GiveUp, RetryLater } from '../../src/queue/outcome.ts'
import type { Boundary, Fate, Program } from './boundary.ts'
import type { Row } from './history.ts'

/** The kinds of the model: how a doubtful mail is treated, whether the work is long, its retries declared, or its end. */
export const kindNames = ['repeat', 'hold', 'long', 'declared', 'urgent'] as const
export type KindName = (typeof kindNames)[number]

/** More than the queue delivers a message. */
export const mostAttempts = 4

/** So short that a sequence outlives it, and that a job has time for some attempts. */
const deadlineSeconds = 50

/** Until when a job may be worked on, by what the database wrote down. */
export function deadlineOf({ kind, waiting_at, retried_at }: Row) {
  return kind === 'urgent' ? (retried_at ?? waiting_at) + deadlineSeconds * 1000 : Infinity
}

/**
 * How the work behaves: stops when it is asked to or goes on, returns with the receipt of its mail or, the first
 * time, throws with it, before anything else has happened.
 */
export const manners = ['polite', 'stubborn', 'brief', 'clumsy'] as const
export type Manner = (typeof manners)[number]

const schema = Type.Object({ manner: Type.Enum([...manners]) })
type Place = { program: Program; boundary: Boundary }

export const kinds = (place: Place): Kind[] => kindNames.map(name => kindOf(name, place))

/** The file and the mail, and between them places where the work may fail in each way it can. */
function kindOf(name: KindName, place: Place): Kind {
  return defineJob({
    name,
    title: { ja: '試験', en: 'Test' },
    summary: { ja: '', en: '' },
    schema,
    form: { fields: () => html``, read: values => values },
    onDoubt: name === 'hold' ? 'hold' : 'repeat',
    ...(name === 'long' && { attemptSeconds: 660 }),
    ...(name === 'urgent' && { deadlineSeconds }),
    // A pause that chance has no part in, so that a sequence can be repeated.
    ...(name === 'declared' && {
      retries: { most: mostAttempts, firstSeconds: 1, longestSeconds: 1 }
    }),
    perform: (payload, tools) => perform(payload, tools, place)
  })
}

async function perform({ manner }: Static<typeof schema>, tools: Tools, place: Place) {
  const { storage, mail, job } = tools
  const work = (where: string) =>
    place.boundary.call(place.program, `work ${where}`, workFate, ['throttle', 'reject'])
  const stop = () => manner === 'polite' && job.signal.throwIfAborted()
  const about = { name: 'a.pdf', type: 'text/plain' }
  const file = await storage.put(keyOf(job.id), contentOf(job.id), about)
  await work('before the mail')
  stop()
  await mail.send(mailTo(job))
  if (manner === 'brief') return { file }
  if (manner === 'clumsy' && job.attempt === 1) throw new Error('The partner has hung up.')
  job.progress(90)
  await work('after the mail')
  stop()
  return { file }
}

async function workFate(fate: Fate) {
  if (fate === 'refuse') throw new Error('The disk is full.')
  if (fate === 'reject') throw new GiveUp('There is no such customer.')
  if (fate === 'throttle') throw new RetryLater(60, 'The partner is busy.')
  if (fate === 'lose the answer of') throw new RetryLater(3600, 'The quota is used up.')
}

/** What the file of a job holds, so that no job can pass with that of another. */
export const contentOf = (id: number) => Buffer.from(`file of job ${id}`)
export const keyOf = (id: number) => `files/${id}.pdf`
export const addressOf = (id: number) => `job-${id}@example.jp`

function mailTo({ id }: Tools['job']) {
  return { to: addressOf(id), subject: 'できました', text: 'text', html: '<p>html</p>' }
}
