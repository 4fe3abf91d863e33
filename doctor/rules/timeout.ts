import { attemptSeconds, leaseSeconds } from '../../src/queue/job.ts'
import { defaults } from '../../src/sqsd/settings.ts'
import {
  type Environment,
  placeFor,
  seconds,
  setting,
  sqsd,
  sqsdEnvironments
} from '../environment.ts'
import type { Finding, Rule } from '../finding.ts'
import { readTimeout } from '../nginx.ts'
import { lineOf, type Project } from '../project.ts'

/** One time of the chain, and where it is set. */
type Time = { name: string; value: number; file: string; line: number }

export const timeoutChain: Rule = {
  name: 'timeout-chain',
  checks:
    'ConnectTimeout < longest attempt < InactivityTimeout < proxy_read_timeout < VisibilityTimeout',
  find: project => sqsdEnvironments(project).flatMap(worker => broken(chain(project, worker)))
}

export const errorVisibility: Rule = {
  name: 'error-visibility',
  checks:
    'ErrorVisibilityTimeout is set, and the receives last longer than the lease of a dead worker',
  find: project => sqsdEnvironments(project).flatMap(visibility)
}

function chain(project: Project, worker: Environment): Time[] {
  const option = (name: string, standard: number): Time => {
    const { file, line } = setting(worker, sqsd, name) ?? placeFor(worker, sqsd)
    return { name, value: seconds(worker, name) ?? standard, file, line }
  }
  const job = 'src/queue/job.ts'
  const line = lineOf(project, job, /attemptSeconds =/)
  return [
    option('ConnectTimeout', defaults.connectTimeoutSeconds),
    { name: 'the longest attempt (attemptSeconds)', value: attemptSeconds, file: job, line },
    option('InactivityTimeout', defaults.inactivityTimeoutSeconds),
    { name: 'proxy_read_timeout', ...readTimeout(project) },
    option('VisibilityTimeout', defaults.visibilityTimeoutSeconds)
  ]
}

/** What happens when a time is not longer than the one before it, by its name. */
const harm: Record<string, string> = {
  'the longest attempt (attemptSeconds)':
    'a connection is waited for longer than any job may take.',
  InactivityTimeout:
    'sqsd cuts a long job off while it runs on, and the message is delivered a second time.',
  proxy_read_timeout:
    'nginx answers 504 in the middle of a long job, which runs on and is delivered a second time.',
  VisibilityTimeout:
    'the message is visible again while its job still runs, and another worker gets it too.'
}

function broken(times: Time[]): Finding[] {
  return times.flatMap((time, index) => {
    const inner = times[index - 1]
    if (!inner || time.value > inner.value) return []
    return [
      {
        file: time.file,
        line: time.line,
        problem: `${time.name} is ${time.value} s, which is not longer than ${inner.name} of ${inner.value} s.`,
        onAws: harm[time.name] ?? '',
        fix: `make it longer than ${inner.value} s, or ${inner.name} shorter than ${time.value} s.`
      }
    ]
  })
}

function visibility(worker: Environment): Finding[] {
  const set = setting(worker, sqsd, 'ErrorVisibilityTimeout')
  if (!set)
    return [
      {
        ...placeFor(worker, sqsd),
        problem: 'ErrorVisibilityTimeout is not set.',
        onAws:
          'a failed job may come again after 2 s or only after VisibilityTimeout; both were seen.',
        fix: `set ErrorVisibilityTimeout in ${sqsd}, as to 30.`
      }
    ]
  const wait = seconds(worker, 'ErrorVisibilityTimeout')
  const retries = seconds(worker, 'MaxRetries') ?? 10
  if (wait === undefined || wait * (retries - 1) > leaseSeconds) return []
  return [
    {
      file: set.file,
      line: set.line,
      problem: `${retries} receives, ${wait} s apart, end within the lease of ${leaseSeconds} s that a dead worker leaves.`,
      onAws: 'every receive is answered 409 and the message goes to the dead-letter queue untried.',
      fix: `set it to more than ${Math.floor(leaseSeconds / Math.max(1, retries - 1))}.`
    }
  ]
}
