import { lognormal, type Random } from './random.ts'

/** `at`, in seconds from midnight, is when its message is sent. */
export type Job = { at: number; cpuSeconds: number; networkSeconds: number }

export type Load = {
  jobsPerDay: number
  /** Jobs on top of those, all within `burstMinutes` from the hour `burstAt`. */
  burst: number
  burstAt: number
  burstMinutes: number
  /** What a job needs of one core; `variation` is its standard deviation ÷ its mean. */
  secondsPerJob: number
  variation: number
  networkSeconds: number
}

export const daySeconds = 86_400

/** Of an office's day, by the hour: how much of the load comes in it, in parts of their sum. */
const shape = [1, 1, 1, 1, 1, 1, 2, 4, 8, 12, 12, 11, 6, 10, 11, 11, 12, 10, 7, 4, 3, 2, 2, 1]

/** The jobs of a day, in the order they are sent. */
export function makeDay(load: Load, random: Random): Job[] {
  const regular = Array.from({ length: load.jobsPerDay }, () => regularTime(random))
  const burst = Array.from({ length: load.burst }, () => burstTime(load, random))
  return [...regular, ...burst]
    .sort((a, b) => a - b)
    .map(at => ({
      at,
      cpuSeconds: lognormal(random, load.secondsPerJob, load.variation),
      networkSeconds: load.networkSeconds
    }))
}

/** The hours, each as often as it has parts. */
const parts = shape.flatMap((count, hour) => Array<number>(count).fill(hour))

function regularTime(random: Random) {
  const hour = parts[Math.floor(random() * parts.length)] ?? 0
  return (hour + random()) * 3600
}

function burstTime({ burstAt, burstMinutes }: Load, random: Random) {
  return burstAt * 3600 + random() * burstMinutes * 60
}
