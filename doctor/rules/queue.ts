import type { Setting } from '../../infra/option-settings.ts'
import { defaults } from '../../src/sqsd/settings.ts'
import {
  type Environment,
  environmentsOf,
  placeFor,
  properties,
  property,
  seconds,
  setting,
  sqsd,
  sqsdEnvironments
} from '../environment.ts'
import type { Finding, Rule } from '../finding.ts'
import type { Project } from '../project.ts'
import { jobQueues, maxReceives, type Queue, queueNumber } from '../queue.ts'
import { at, textOf } from '../yaml.ts'

const fourDays = 345_600

export const queueVisibility: Rule = {
  name: 'queue-visibility',
  checks: "the queue's VisibilityTimeout is sqsd's",
  find: eachPair((worker, queue) => {
    const theirs = queueNumber(queue, 'VisibilityTimeout', 30)
    const sqsdSeconds = seconds(worker, 'VisibilityTimeout') ?? defaults.visibilityTimeoutSeconds
    if (theirs.value === undefined || theirs.value === sqsdSeconds) return []
    return [
      {
        file: theirs.file,
        line: theirs.line,
        problem: `The queue's VisibilityTimeout is ${theirs.value} s, and sqsd's is ${sqsdSeconds} s.`,
        onAws: 'whoever receives besides sqsd hides a job for another time than it may take.',
        fix: `set both to ${Math.max(sqsdSeconds, theirs.value)}.`
      }
    ]
  })
}

export const queueRetention: Rule = {
  name: 'queue-retention',
  checks: "sqsd's RetentionPeriod is not shorter than the queue's",
  find: eachPair((worker, queue) => {
    const set = setting(worker, sqsd, 'RetentionPeriod')
    const ours = seconds(worker, 'RetentionPeriod') ?? defaults.retentionPeriodSeconds
    const { value } = queueNumber(queue, 'MessageRetentionPeriod', fourDays)
    if (value === undefined || ours >= value) return []
    return [
      {
        ...placeOf(set, worker),
        problem: `RetentionPeriod is ${ours} s, and the queue keeps a message for ${value} s.`,
        onAws:
          'sqsd deletes an older message without a POST, and it never reaches the dead-letter queue.',
        fix: `set RetentionPeriod to ${value} or more.`
      }
    ]
  })
}

export const deadLetterQueue: Rule = {
  name: 'dead-letter-queue',
  checks: 'the queue has a dead-letter queue, which keeps messages longer than the queue',
  find: project => jobQueues(project).flatMap(deadLetters)
}

function deadLetters(queue: Queue): Finding[] {
  const { template, key, properties } = queue
  const policy = at(properties, 'RedrivePolicy')
  if (!policy)
    return [
      {
        file: template.file,
        line: template.lineOf(key),
        problem: `The queue ${queue.id} has no RedrivePolicy.`,
        onAws: 'a message that can never work is delivered again and again until it expires.',
        fix: 'add a second queue, and a RedrivePolicy with its deadLetterTargetArn and maxReceiveCount.'
      }
    ]
  if (!queue.deadLetters) return []
  const kept = queueNumber(queue.deadLetters, 'MessageRetentionPeriod', fourDays)
  const own = queueNumber(queue, 'MessageRetentionPeriod', fourDays).value
  if (kept.value === undefined || own === undefined || kept.value > own) return []
  return [
    {
      file: kept.file,
      line: kept.line,
      problem: `The dead-letter queue keeps messages for ${kept.value} s, not longer than the queue's ${own} s.`,
      onAws: 'its age counts from the first sending: a late dead letter vanishes on arrival.',
      fix: 'set its MessageRetentionPeriod to 1209600, the longest there is.'
    }
  ]
}

export const receives: Rule = {
  name: 'receives',
  checks: 'maxReceiveCount, MAX_RECEIVES and MaxRetries are the same number',
  find: eachPair((worker, queue) => {
    const redrive = maxReceives(queue)
    const wanted = property(worker, 'MAX_RECEIVES')
    const retries = setting(worker, sqsd, 'MaxRetries')
    const numbers = [
      redrive && { name: 'maxReceiveCount', ...redrive },
      retries && { name: 'MaxRetries', ...retries }
    ]
    return numbers.flatMap(number =>
      number && Number(number.value) !== Number(wanted)
        ? [
            {
              file: number.file,
              line: number.line,
              problem: `${number.name} is ${Number.isNaN(number.value) ? 'not set' : number.value}, and MAX_RECEIVES is ${wanted}.`,
              onAws:
                'a job is called failed while it still comes again, or becomes a dead letter without being called failed.',
              fix: `set it to ${wanted}, or all three to another number.`
            }
          ]
        : []
    )
  })
}

/** Beanstalk makes a queue itself for a worker that names none. */
export const workerQueue: Rule = {
  name: 'worker-queue',
  checks: 'sqsd polls the queue that both tiers send to (WorkerQueueURL is QUEUE_URL)',
  find: project =>
    environmentsOf(project, 'worker').flatMap(worker => {
      const polled = setting(worker, sqsd, 'WorkerQueueURL')
      const sent = setting(worker, properties, 'QUEUE_URL')
      if (polled?.value === sent?.value) return []
      return [
        {
          ...placeOf(polled, worker),
          problem: `WorkerQueueURL is ${polled?.value ?? 'not set'}, and QUEUE_URL is ${sent?.value ?? 'not set'}.`,
          onAws: 'sqsd polls a queue that nobody sends to, and no job is ever done.',
          fix: `set WorkerQueueURL in ${sqsd} to the value of QUEUE_URL.`
        }
      ]
    })
}

/** Periodic tasks are messages without a group, which a FIFO queue refuses. */
export const fifoCron: Rule = {
  name: 'fifo-cron',
  checks: 'a queue with periodic tasks is no FIFO queue',
  find: project => {
    if (!project.texts.has('cron.yaml')) return []
    const templated = jobQueues(project)
      .filter(({ properties }) => textOf(at(properties, 'FifoQueue'))?.toLowerCase() === 'true')
      .map(({ template, properties }) => ({
        file: template.file,
        line: template.lineOf(at(properties, 'FifoQueue'))
      }))
    const named = environmentsOf(project, 'worker')
      .map(worker => setting(worker, sqsd, 'WorkerQueueURL'))
      .filter(set => set?.value.endsWith('.fifo'))
    return [...templated, ...named].map(place => ({
      file: place?.file ?? '',
      line: place?.line ?? 1,
      problem: 'The queue is FIFO, and cron.yaml has periodic tasks.',
      onAws:
        'sqsd can send no tick to a FIFO queue: it drops the leadership each time, and nothing fires.',
      fix: 'use a standard queue, or take cron.yaml out of the bundle.'
    }))
  }
}

function eachPair(find: (worker: Environment, queue: Queue) => Finding[]) {
  return (project: Project): Finding[] =>
    sqsdEnvironments(project).flatMap(worker =>
      jobQueues(project).flatMap(queue => find(worker, queue))
    )
}

function placeOf(set: Setting | undefined, worker: Environment) {
  const { file, line } = set ?? placeFor(worker, sqsd)
  return { file, line }
}
