export const faultNames = ['Throttling', 'MessageRejected', '503', 'timeout-after-accept'] as const
export type Fault = (typeof faultNames)[number]

/** What `POST /faults` may carry. */
export type FaultOrder = { name?: unknown; times?: unknown }

const mostTimes = 1000

/** Faults that were asked for and are still to come, one for each request. */
export function openFaults() {
  const queue: Fault[] = []
  return {
    /** Gives what is wrong with the order, if it can't be carried out. */
    add({ name, times = 1 }: FaultOrder): string | undefined {
      if (!isFault(name)) return `Name a fault: ${faultNames.join(', ')}.`
      const count = Number(times)
      if (!Number.isInteger(count) || count < 1 || count > mostTimes)
        return `Give "times" as a whole number from 1 to ${mostTimes}.`
      queue.push(...Array<Fault>(count).fill(name))
      return undefined
    },
    next: () => queue.shift(),
    pending: () => [...queue],
    clear() {
      queue.length = 0
      return []
    }
  }
}

function isFault(name: unknown): name is Fault {
  return faultNames.includes(name as Fault)
}
