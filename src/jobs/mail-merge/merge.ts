import { availableParallelism } from 'node:os'
import { bytesOf } from '../../invoice/picture.ts'
import { joinParts } from '../../pdf/join.ts'
import type { Part } from '../../pdf/part.ts'
import { ahead, groupsOf } from './ahead.ts'
import { type Common, drawFiles, drawPart } from './batch.ts'
import type { RowProblem } from './row.ts'
import type { Row } from './table.ts'

/** Rows in one task of a thread: fewer waste time on the way there, more make others wait. */
const partRows = 50
const fileRows = 20

/** Tasks begun at one time: each thread has its next one at hand, and other jobs get in between. */
const most = 2 * availableParallelism()

export type Merged = {
  bytes: Uint8Array
  /** Invoices in it. */
  made: number
  problems: RowProblem[]
  /** The characters that no font has. */
  missing: Set<string>
}

type Wishes = { signal: AbortSignal; advance(rows: number): void }

/** One document with an invoice for each good row, in order. */
export async function merge(
  common: Common & { title: string },
  rows: Row[],
  { signal, advance }: Wishes
): Promise<Merged> {
  const { title, language, createdAt } = common
  const parts: Part[] = []
  const problems: RowProblem[] = []
  const missing = new Set<string>()
  let made = 0
  const draw = (few: Row[]) => drawPart(common, few, signal)
  for await (const batch of ahead(groupsOf(rows, partRows), most, draw)) {
    parts.push({ bytes: batch.bytes, ...batch.part })
    problems.push(...batch.problems)
    for (const character of batch.missing) missing.add(character)
    made += batch.part.sections.length
    advance(partRows)
  }
  if (made === 0) return { bytes: new Uint8Array(), made, problems, missing }
  const about = { title, language, author: common.order.issuer.name, createdAt }
  // In the order in which an invoice draws them.
  const { logo, seal } = common.pictures
  const pictures = [logo, seal].filter(url => url !== undefined).map(bytesOf)
  const { bytes } = await joinParts({ about, parts, pictures }, signal)
  return { bytes, made, problems, missing }
}

/** Each good row as a file of its own, in order, drawn as they are taken. */
export async function* filesOf(common: Common, rows: Row[], { signal, advance }: Wishes) {
  const draw = (few: Row[]) => drawFiles(common, few, signal)
  for await (const { bytes, files } of ahead(groupsOf(rows, fileRows), most, draw)) {
    let offset = 0
    for (const { name, length } of files) {
      yield { name, bytes: bytes.subarray(offset, offset + length) }
      offset += length
    }
    advance(fileRows)
  }
}
