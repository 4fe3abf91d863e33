export const faultNames = ['Throttling', 'MessageRejected', '503', 'timeout-after-accept'] as const
export type Fault = (typeof faultNames)[number]

/** Faults that were asked for and are still to come, one for each request. */
export function openFaults() {
  const queue: Fault[] = []
  return {
    add(name: Fault, times: number): boolean {
      if (!faultNames.includes(name) || !(times >= 1 && times <= 1000)) return false
      queue.push(...Array<Fault>(Math.floor(times)).fill(name))
      return true
    },
    next: () => queue.shift(),
    pending: () => [...queue],
    clear() {
      queue.length = 0
      return []
    }
  }
}
