import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'

/** Which process claims a job. Different for each claim: two of the same moment must be told apart when their answers are lost. */
export function claimant(): string {
  return `${hostname().slice(0, 40)}:${process.pid}/${randomUUID()}`
}
