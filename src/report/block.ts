import type { Inline, Note, Piece } from './inline.ts'

export type Align = 'left' | 'right' | 'center'

export type Heading = { kind: 'heading'; level: number; pieces: Piece[] }
export type Paragraph = { kind: 'paragraph'; pieces: Piece[] }
/** A list; numbered from `first`, or with bullets. */
export type List = { kind: 'list'; first?: number; isTight: boolean; items: Item[] }
/** A point of a list, done or not if it is a task. */
export type Item = { blocks: Block[]; isDone?: boolean }
export type Quote = { kind: 'quote'; blocks: Block[] }
export type Code = { kind: 'code'; text: string }
export type Table = {
  kind: 'table'
  aligns: (Align | undefined)[]
  head: Piece[][]
  rows: Piece[][][]
}
/** A picture; what it shows, and what stands below it. */
export type Figure = { kind: 'figure'; source: string; alt: string; caption: string }
export type Divider = { kind: 'divider' }

/** What a report is made of. */
export type Block = Heading | Paragraph | List | Quote | Code | Table | Figure | Divider

export type { Inline, Note, Piece }
