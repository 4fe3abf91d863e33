import type { Kind } from '../queue/kind.ts'
import { invoice } from './invoice/job.ts'
import { mailAgain } from './mail-again/job.ts'
import { mailMerge } from './mail-merge/job.ts'
import { report } from './report/job.ts'

/** Every kind of job that Beanline does. A new kind is a folder beside this file and a line here. */
export const kinds: Kind[] = [invoice, report, mailMerge]

/** What a worker performs: also what nobody orders by form or API. */
export const workedKinds = (): Kind[] => [...kinds, mailAgain]
