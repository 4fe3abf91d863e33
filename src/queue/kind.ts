import type { FastifyBaseLogger } from 'fastify'
import type { Static, TObject } from 'typebox'
import type { Html } from '../html.ts'
import type { Language, Sentence } from '../language.ts'
import type { Message } from '../mail.ts'
import { formOf } from '../schema-form/form.ts'
import type { Storage, StoredFile } from '../storage.ts'

/** What is wrong with one field. `path` is dotted: `lines.0.quantity`. */
export type Problem = { path: string; sentence: Sentence }

/** A file that the form of a kind takes. */
export type FileRule = {
  /** The largest size in bytes. */
  most: number
  /** What the browser offers to choose, as HTML's `accept`; it promises nothing. */
  accept: string
  /** What is wrong with the content, which alone says what a file is. */
  check?(bytes: Uint8Array): Sentence | undefined
}

/** Reads what a person has sent, by the key in the payload. */
export type Uploads = Pick<Storage, 'read'>

/** The form of a kind, for people. */
export type Form = {
  /** The fields of the payload (`upload` in src/upload.ts) for which people choose a file. */
  files?: Record<string, FileRule>
  /** Draws the fields; `values` are flat, as the person typed them: `{ 'lines.0.quantity': '2' }`. */
  fields(view: FormView): Html
  /** Fields as typed → the payload they mean, not yet validated. */
  read(values: Fields): unknown
  /** The fields after one of the form's own buttons (add a line, say); without one, ready to be read. */
  edit?(values: Fields, action: string | undefined, uploads: Uploads): Fields | Promise<Fields>
  /**
   * For a form of several steps: what its button says as long as another step comes. It does the action
   * `next`, once the files are there.
   */
  next?(values: Fields): Sentence | undefined
}

export type Fields = Record<string, string>
export type FormView = { language: Language; values: Fields; problems: Problem[] }

/** The job in the worker's hands, as its kind sees it. */
export type JobInHand = {
  id: number
  kind: string
  /** The first attempt is 1. */
  attempt: number
  createdAt: Date
  email: string
  language: Language
  /** The person's page for this job. */
  url: string
  /**
   * Aborted when the lease is lost, the work has taken too long, the job's deadline is over, or the worker stops:
   * what comes after is not recorded.
   */
  signal: AbortSignal
  /** Shows the person how far the work is, 0 to 100. */
  progress(percent: number): void
}

/** Everything a kind is handed, and nothing else. */
export type Tools = {
  storage: Pick<Storage, 'put' | 'read'>
  /** Sends at most one mail a job, however often the work is repeated. */
  mail: { send(message: Message): Promise<{ messageId: string }> }
  log: FastifyBaseLogger
  job: JobInHand
}

export type Result = {
  file?: StoredFile
  /** Other files beside it. */
  more?: StoredFile[]
  /** For the person, in the job's language. */
  warnings?: string[]
}

/** The number that people call a document by, and whom or what it is about. */
export type Lookup = { number?: string | undefined; name?: string | undefined }

export type Retries = {
  /** How many attempts a job has in all; those that were interrupted don't count. */
  most: number
  /** The pause after the first failure, in seconds; it doubles with each. A random half of it is left out. */
  firstSeconds: number
  /** The pause grows no longer than this. */
  longestSeconds: number
}

/** A kind of job: its name in URLs and rows, what people read about it, its payload, its work. */
export type Kind<Payload extends TObject = TObject> = {
  name: string
  title: Sentence
  summary: Sentence
  /** Strings in it are cleaned at the border; `multiline: true` keeps line breaks, `indented: true` tabs and indents as well, `narrow: true` makes full-width characters half-width. */
  schema: Payload
  form: Form
  /** A payload that the API takes, for its documentation; files in it as `{ name, text }`. */
  example?: Record<string, unknown>
  /**
   * How long the work may take, in seconds; 600 where nothing is said. A kind that says more is a long
   * one: sqsd would not wait for it, so its message is acknowledged once an attempt holds the lease, and
   * the row alone makes sure that it ends. Such jobs never reach the dead-letter queue.
   */
  attemptSeconds?: number
  /**
   * How long after it was ordered, or sent back by the operator, a job may be worked on, in seconds: all its attempts
   * and the pauses between them. After that it fails, whatever its retries say; without it, there is no such end.
   */
  deadlineSeconds?: number
  /**
   * How an attempt that failed is repeated: by a new message, with a pause that doubles. Without it the job's own
   * message comes again, after sqsd's ErrorVisibilityTimeout, as often as the queue delivers it.
   */
  retries?: Retries
  /**
   * What happens when an attempt died between the sending of a mail and its receipt: `repeat` (the default)
   * sends it again and says so on the job, `hold` fails the job for the operator to decide.
   */
  onDoubt?: 'repeat' | 'hold'
  /** What the operator looks for a job by, found among a million: the rest of the payload only among the newest. */
  lookup?(payload: Static<Payload>): Lookup
  /** Rules that a schema can't say. */
  check?(payload: Static<Payload>, uploads: Uploads): Problem[] | Promise<Problem[]>
  /**
   * The work. It may run more than once (delivery is at least once), so everything it does must be
   * repeatable; throw `GiveUp` or `RetryLater` to decide what happens next, anything else is retried.
   */
  perform(payload: Static<Payload>, tools: Tools): Promise<Result>
}

type Declared<Payload extends TObject> = Omit<Kind<Payload>, 'form'> & { form?: Form }

/**
 * Declares a kind; `perform` is typed from the schema. Without a form of its own, it has the one that its schema
 * describes. Throws where that can't be drawn.
 */
export function defineJob<Payload extends TObject>(kind: Declared<Payload>): Kind {
  return { ...kind, form: kind.form ?? formOf(kind) }
}
