import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'

/**
 * Who claims: the machine and the process, for the operator, and what no other claim has, for two of the same moment
 * must be told apart when their answers are lost.
 */
export function claimant() {
  return `${hostname().slice(0, 40)}:${process.pid}/${randomUUID()}`
}
