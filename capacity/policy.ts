/** What the scaling policy declares. */
export type Rule = {
  targetValue: number
  warmupSeconds: number
  minSize: number
  maxSize: number
}

export type Group = {
  desired: number
  /** In service for longer than the warm-up. */
  warm: number
}

const highPoints = 3
const lowPoints = 15
const lowShare = 0.9

/**
 * Target tracking: how many instances the group should have, by the metric's one-minute datapoints so
 * far, oldest first.
 *
 * Out: in proportion to the metric, rounded up, counting only instances that have warmed up. In: more
 * gradually, rounded so that fewer are removed, and never while instances warm up. All of that is from
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-scaling-target-tracking.html
 * The guide does not say when. The alarms that such a policy creates do (`aws cloudwatch
 * describe-alarms`): above the target for 3 datapoints, below 90 % of it for 15. "Gradually" is taken as
 * one instance a minute.
 */
export function decide(metric: number[], group: Group, rule: Rule): number {
  const { targetValue } = rule
  const { desired, warm } = group
  const needed = (instances: number) => Math.ceil((instances * (metric.at(-1) ?? 0)) / targetValue)
  if (isLast(metric, highPoints, value => value > targetValue))
    return within(rule, Math.max(desired, needed(warm)))
  if (warm >= desired && isLast(metric, lowPoints, value => value < lowShare * targetValue))
    return within(rule, Math.max(desired - 1, needed(desired)))
  return desired
}

function isLast(metric: number[], count: number, isSo: (value: number) => boolean) {
  return metric.length >= count && metric.slice(-count).every(isSo)
}

function within({ minSize, maxSize }: Rule, size: number) {
  return Math.min(maxSize, Math.max(minSize, size))
}
