import type { Language } from '../language.ts'
import type { Document } from '../pdf/document.ts'
import type { Target } from '../pdf/page.ts'
import type { Element } from '../pdf/structure.ts'
import type { Album } from './album.ts'
import type { Footnote, Galley } from './galley.ts'
import type { Note } from './inline.ts'
import type { Type } from './style.ts'

/** A heading, where it has come to stand; `level` 1 is the highest that the report has. */
export type Entry = { title: string; level: number; target: Target }

/** What all parts of a report have in common while it is set. */
export type Desk = {
  document: Document
  language: Language
  /** The highest level that the headings have in Markdown. */
  topLevel: number
  /** What the text, and the notes to it, are part of. */
  body: Element
  entries: Entry[]
  footnotes: Map<Note, Footnote>
  album: Album
}

/** Where blocks go, in points, what they are set in, and what they are part of. */
export type Frame = {
  desk: Desk
  galley: Galley
  left: number
  width: number
  type: Type
  /** White around paragraphs. */
  white: number
  /** How many lists are around. */
  depth: number
  element: Element
  /** In a quote or a note, whose headings are not those of the report. */
  isAside?: boolean
}
