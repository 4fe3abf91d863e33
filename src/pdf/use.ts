import { type Face, fontOf } from './font/fonts.ts'

/** What a document uses of its fonts: for each face its CIDs, and a flag for each that is among them. */
export type Use = ({ cids: number[]; flags: Uint8Array } | undefined)[]

export function note(use: Use, face: Face, cid: number) {
  let known = use[face]
  if (!known) {
    known = { cids: [], flags: new Uint8Array(fontOf(face).codes.length) }
    use[face] = known
  }
  if (known.flags[cid]) return
  known.flags[cid] = 1
  known.cids.push(cid)
}

/** The name of a face in a document. */
export function nameOf(face: Face): string {
  return `F${face}`
}
