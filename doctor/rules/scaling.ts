import { type Environment, environmentsOf, setting } from '../environment.ts'
import type { Finding, Rule } from '../finding.ts'
import { extensionFiles, lineOf, type Project, pathsLike, yamlOf } from '../project.ts'
import { numberIn, type Resource, resourcesOf } from '../template.ts'
import { at, items, textOf } from '../yaml.ts'

const metric = 'GroupInServiceInstances'

export const scalingTarget: Rule = {
  name: 'scaling-target',
  checks: 'the scaling rule has a target above 0, and divides by the instances, which are reported',
  find: project =>
    policies(project).flatMap(policy => [
      ...target(policy),
      ...divided(policy),
      ...reported(project, policy)
    ])
}

function policies(project: Project): Resource[] {
  return resourcesOf(project, 'AWS::AutoScaling::ScalingPolicy').filter(({ properties }) =>
    at(properties, 'TargetTrackingConfiguration')
  )
}

function target({ template, key, properties }: Resource): Finding[] {
  const node = at(properties, 'TargetTrackingConfiguration', 'TargetValue')
  const value = node && numberIn(template, node)
  if (value === undefined || value > 0) return []
  return [
    {
      file: template.file,
      line: template.lineOf(node ?? key),
      problem: `TargetValue is ${value}.`,
      onAws: 'the stack fails, or the group grows to MaxSize and stays there.',
      fix: 'set it to the jobs that may wait for each instance: acceptable wait ÷ seconds of a job × jobs at one time.'
    }
  ]
}

/** The backlog of one instance, or the number of instances decides nothing. */
function divided({ template, properties }: Resource): Finding[] {
  const path = ['TargetTrackingConfiguration', 'CustomizedMetricSpecification', 'Metrics']
  const metrics = items(at(properties, ...path))
  const counts = metrics.filter(
    one => textOf(at(one, 'MetricStat', 'Metric', 'MetricName')) === metric
  )
  const ids = counts.map(one => textOf(at(one, 'Id')) ?? '')
  const isDivision = (text: string) => ids.some(id => new RegExp(`/\\s*${id}\\b`).test(text))
  return metrics.flatMap(one => {
    const node = at(one, 'Expression')
    const text = textOf(node)
    if (text === undefined || ids.length === 0 || isDivision(text)) return []
    const problem = `"${text}" does not divide by ${ids.join()}.`
    const onAws =
      'more instances make it no smaller, so the group grows to MaxSize and stays there.'
    const fix = `write "waiting / ${ids.join()}".`
    return [{ file: template.file, line: template.lineOf(node), problem, onAws, fix }]
  })
}

/** A group reports its metrics only when asked. */
function reported(project: Project, { template, key }: Resource): Finding[] {
  const line = lineOf(project, template.file, new RegExp(`MetricName: *["']?${metric}`))
  const asks = (project.texts.get(template.file) ?? '').includes(metric)
  if (!asks || pathsLike(project, extensionFiles).some(file => isAsked(project, file))) return []
  return [
    {
      file: template.file,
      line: line > 1 ? line : template.lineOf(key),
      problem: `The rule divides by ${metric}, which no file of .ebextensions asks for.`,
      onAws: 'the metric has no data, and the number of workers never changes.',
      fix: `give AWSEBAutoScalingGroup a MetricsCollection with ${metric}.`
    }
  ]
}

function isAsked(project: Project, file: string): boolean {
  const collection = at(
    yamlOf(project, file)?.root,
    ...['Resources', 'AWSEBAutoScalingGroup', 'Properties', 'MetricsCollection']
  )
  return items(collection).some(item => {
    const named = at(item, 'Metrics')
    return !named || items(named).some(node => textOf(node) === metric)
  })
}

export const scalingTrigger: Rule = {
  name: 'scaling-trigger',
  checks: "Beanstalk's own trigger on the worker never fires beside the scaling rule",
  find: project =>
    policies(project).length === 0 ? [] : environmentsOf(project, 'worker').flatMap(firing)
}

function firing(worker: Environment): Finding[] {
  const namespace = 'aws:autoscaling:trigger'
  const option = (name: string) => setting(worker, namespace, name)
  const isCpu = option('MeasureName')?.value.toLowerCase() === 'cpuutilization'
  const low = option('LowerThreshold')
  const high = option('UpperThreshold')
  if (isCpu && Number(low?.value) <= 0 && Number(high?.value) >= 100) return []
  const place = (isCpu && Number(low?.value) > 0 ? low : isCpu && high) || option('MeasureName')
  return [
    {
      file: place?.file ?? worker.file,
      line: place?.line ?? 1,
      problem: "Beanstalk's own trigger can fire on the worker.",
      onAws:
        'it works against the scaling rule: one adds instances while the other removes them, in the middle of jobs.',
      fix: `set ${namespace} to CPUUtilization in Percent with LowerThreshold 0 and UpperThreshold 100.`
    }
  ]
}
