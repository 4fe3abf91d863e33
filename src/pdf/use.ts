import { commonIn } from './font/common.ts'
import { type Face, fonts } from './font/fonts.ts'
import type { TrueType } from './font/truetype.ts'

/**
 * What a document uses of its fonts: a flag for each CID of each face. A face is embedded in up to two
 * parts, what is common to most documents and the rest.
 */
export type Use = { faces: (Uint8Array | undefined)[] }

export function openUse(): Use {
  return { faces: [] }
}

export function flagsIn(use: Use, face: Face): Uint8Array {
  const flags = use.faces[face] ?? new Uint8Array((fonts()[face] as TrueType).codes.length)
  use.faces[face] = flags
  return flags
}

/** Adds what another part of the document uses. */
export function addUse(use: Use, other: Use) {
  for (const [face, theirs] of other.faces.entries()) {
    if (!theirs) continue
    const ours = flagsIn(use, face)
    for (let cid = 0; cid < theirs.length; cid += 1) if (theirs[cid]) ours[cid] = 1
  }
}

/** A font as the document names it. */
export type FontPart = { name: string; face: Face; isCommon: boolean; cids: number[] }

/** The parts that the document has to embed, with their characters in order. */
export function partsOf(use: Use): FontPart[] {
  return use.faces.flatMap((flags, face) => {
    if (!flags) return []
    const common = commonIn(face)
    const used = listOf(flags)
    const rest = common ? used.filter(cid => common[cid] === 0) : used
    const parts: FontPart[] = []
    if (common && rest.length < used.length)
      parts.push({ name: nameOf(face, true), face, isCommon: true, cids: listOf(common) })
    if (rest.length > 0)
      parts.push({ name: nameOf(face, false), face, isCommon: false, cids: rest })
    return parts
  })
}

export function nameOf(face: Face, isCommon: boolean): string {
  return `${isCommon ? 'C' : 'F'}${face}`
}

function listOf(flags: Uint8Array) {
  const list: number[] = []
  for (let cid = 1; cid < flags.length; cid += 1) if (flags[cid]) list.push(cid)
  return list
}
