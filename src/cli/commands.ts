import { nearest } from '../near.ts'
import { type Command, WrongUsage } from './command.ts'

export type Entry = {
  name: string
  group: 'Jobs' | 'Dead letters' | 'The line'
  /** Completes "beanline NAME …". */
  summary: string
  /** Only what is asked for is loaded: help opens no database, and knows no AWS. */
  load(): Promise<Command>
}

/** Every command, in the order of the help. */
export const commands: Entry[] = [
  {
    name: 'enqueue',
    group: 'Jobs',
    summary: 'orders a job from a JSON file, as the API does',
    load: async () => (await import('./enqueue.ts')).enqueue
  },
  {
    name: 'jobs',
    group: 'Jobs',
    summary: 'lists jobs by state, kind or what is in them',
    load: async () => (await import('./jobs.ts')).jobs
  },
  {
    name: 'job',
    group: 'Jobs',
    summary: 'tells all about one job, and why it is where it is',
    load: async () => (await import('./job.ts')).job
  },
  {
    name: 'retry',
    group: 'Jobs',
    summary: 'sends failed jobs back to the queue',
    load: async () => (await import('./retry.ts')).retry
  },
  {
    name: 'cancel',
    group: 'Jobs',
    summary: 'stops jobs that wait or run',
    load: async () => (await import('./cancel.ts')).cancel
  },
  {
    name: 'discard',
    group: 'Jobs',
    summary: 'lets failed jobs go for good',
    load: async () => (await import('./discard.ts')).discard
  },
  {
    name: 'dead-letters',
    group: 'Dead letters',
    summary: 'lists the messages that were given up, by error',
    load: async () => (await import('./dead-letters.ts')).deadLetters
  },
  {
    name: 'redrive',
    group: 'Dead letters',
    summary: 'sends their jobs back: one, ten, or all at a set rate',
    load: async () => (await import('./redrive.ts')).redrive
  },
  {
    name: 'periodic',
    group: 'The line',
    summary: 'shows the tasks of cron.yaml, their last and next runs',
    load: async () => (await import('./periodic.ts')).periodic
  },
  {
    name: 'keys',
    group: 'The line',
    summary: 'makes, rotates and revokes keys for the API',
    load: async () => (await import('./keys.ts')).keys
  },
  {
    name: 'migrate',
    group: 'The line',
    summary: "brings the database's tables up to date",
    load: async () => (await import('./migrate.ts')).migrate
  },
  {
    name: 'doctor',
    group: 'The line',
    summary: 'looks for what would go wrong on Beanstalk',
    load: async () => (await import('./doctor.ts')).doctor
  },
  {
    name: 'sqsd',
    group: 'The line',
    summary: "runs Beanstalk's daemon on this machine",
    load: async () => (await import('./sqsd.ts')).sqsd
  }
]

/** The command of this name. Throws where there is none. */
export function find(name: string): Entry {
  const entry = commands.find(one => one.name === name)
  if (entry) return entry
  const meant = nearest(
    name,
    commands.map(one => one.name)
  )
  const hint = meant ? `did you mean "${meant}"?` : '"beanline help" lists all.'
  throw new WrongUsage(`There is no command "${name}": ${hint}`)
}
