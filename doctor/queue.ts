import { properties as environment, environmentsOf, setting } from './environment.ts'
import type { Project } from './project.ts'
import { numberIn, type Resource, readTemplates, referenced, resourcesOf } from './template.ts'
import { at, type Entry, entries } from './yaml.ts'

/** The queue of the worker tier as a template describes it. */
export type Queue = Resource & {
  /** Another queue of the same template. */
  deadLetters: Resource | undefined
}

/**
 * The queue that QUEUE_URL names by its output; where that can't be told, those that are nobody's
 * dead-letter queue.
 */
export function jobQueues(project: Project): Queue[] {
  const all = resourcesOf(project, 'AWS::SQS::Queue')
  const dead = new Set(all.map(({ properties }) => referenced(target(properties))))
  const named = namedQueue(project)
  const chosen = all.filter(({ id }) => (named ? id === named : !dead.has(id)))
  return chosen.map(queue => ({
    ...queue,
    deadLetters: all.find(({ id }) => id === referenced(target(queue.properties)))
  }))
}

/** A property of a queue with its line; SQS's own default stands where the queue does. */
export function queueNumber(
  { template, key, properties }: Resource,
  name: string,
  standard: number
) {
  return numberAt(template, at(properties, name), key, standard)
}

/** `maxReceiveCount`, or nothing without a dead-letter queue. */
export function maxReceives({ template, key, properties }: Resource) {
  const policy = at(properties, 'RedrivePolicy')
  if (!policy) return
  return numberAt(template, at(policy, 'maxReceiveCount'), key, Number.NaN)
}

function numberAt(
  template: Resource['template'],
  node: Entry['value'] | undefined,
  owner: Entry['key'],
  standard: number
) {
  const value = node ? numberIn(template, node) : standard
  return { value, file: template.file, line: template.lineOf(node ?? owner) }
}

function target(properties: unknown) {
  return at(properties, 'RedrivePolicy', 'deadLetterTargetArn')
}

function namedQueue(project: Project): string | undefined {
  for (const worker of environmentsOf(project, 'worker')) {
    const { value = '' } = setting(worker, environment, 'QUEUE_URL') ?? {}
    const [, output] = /^REPLACE_(\w+)$/.exec(value) ?? []
    for (const { root } of readTemplates(project))
      for (const { name, value: about } of entries(at(root, 'Outputs')))
        if (name === output) return referenced(at(about, 'Value'))
  }
  return
}
