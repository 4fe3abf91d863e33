import type { Token } from 'markdown-it'
import type { Align, Block, Figure, Item, List, Paragraph, Piece, Table } from './block.ts'
import {
  attribute,
  type Inline,
  type Note,
  type Picture,
  plainText,
  type Refer,
  readInline
} from './inline.ts'
import { most, refuse, tooMany } from './limit.ts'
import { parse } from './markdown.ts'

/** Where reading is; `cells` counts those of all tables, `told` takes pictures for which there is no room. */
type Reader = { tokens: Token[]; at: number; refer: Refer; cells: number; told: Picture[] }

/**
 * The blocks of a text in Markdown; notes are numbered in the order in which they are first referred to. Pictures in
 * headings and cells, where words stand for them, are added to `told`.
 */
export function readMarkdown(markdown: string, told: Picture[] = []): Block[] {
  const { tokens, definitions } = takeOut(parse(markdown))
  const notes = new Map<string, Note>()
  const refer = (label: string) => {
    const note = notes.get(label) ?? { number: notes.size + 1, blocks: [] }
    notes.set(label, note)
    return note
  }
  const reader = { tokens, at: 0, refer, cells: 0, told }
  const blocks = readBlocks(reader)
  // The map grows while it is read, since notes may refer to others.
  for (const [label, note] of notes) {
    Object.assign(reader, { tokens: definitions.get(label) ?? [], at: 0 })
    note.blocks = readBlocks(reader)
  }
  return blocks
}

/** Definitions of notes stand anywhere, and inside others. */
function takeOut(all: Token[]) {
  const definitions = new Map<string, Token[]>()
  const open: Token[][] = []
  const tokens: Token[] = []
  for (const token of all) {
    if (token.type === 'footnote_reference_open') {
      const list: Token[] = []
      definitions.set((token.meta as { label: string }).label, list)
      open.push(list)
    } else if (token.type === 'footnote_reference_close') open.pop()
    else (open.at(-1) ?? tokens).push(token)
  }
  return { tokens, definitions }
}

/** Blocks up to the end of what holds them. */
function readBlocks(reader: Reader): Block[] {
  const blocks: Block[] = []
  while (reader.at < reader.tokens.length) {
    const token = reader.tokens[reader.at] as Token
    if (token.nesting === -1) break
    reader.at += 1
    readBlock(reader, token, blocks)
  }
  return blocks
}

function readBlock(reader: Reader, token: Token, blocks: Block[]) {
  switch (token.type) {
    case 'heading_open': {
      const pieces = readPieces(reader)
      if (plainText(pieces).trim() !== '')
        blocks.push({ kind: 'heading', level: Number(token.tag.slice(1)), pieces })
      break
    }
    case 'paragraph_open':
      blocks.push(...paragraphsOf(readRun(reader)))
      break
    case 'bullet_list_open':
    case 'ordered_list_open':
      blocks.push(readList(reader, token))
      break
    case 'blockquote_open':
      blocks.push({ kind: 'quote', blocks: readInside(reader) })
      break
    case 'table_open':
      blocks.push(readTable(reader))
      break
    case 'fence':
    case 'code_block':
      blocks.push({ kind: 'code', text: token.content.replace(/\n$/, '') })
      break
    case 'hr':
      blocks.push({ kind: 'divider' })
  }
}

function readInside(reader: Reader): Block[] {
  const blocks = readBlocks(reader)
  reader.at += 1
  return blocks
}

/** The text of a block, and past its end. */
function readRun(reader: Reader): Inline {
  const { children } = reader.tokens[reader.at] as Token
  reader.at += 2
  return readInline(children ?? [], reader.refer)
}

/** The same where there is no room for pictures: what they show stands for them. */
function readPieces(reader: Reader): Piece[] {
  return readRun(reader).map(part => {
    if ('look' in part) return part
    reader.told.push(part)
    return { text: part.alt || part.title || '—', look: 0 }
  })
}

/** Text, and the pictures in it, each in its own right. */
function paragraphsOf(inline: Inline): (Paragraph | Figure)[] {
  const blocks: (Paragraph | Figure)[] = []
  let pieces: Piece[] = []
  function end() {
    if (plainText(pieces).trim() !== '' || pieces.some(({ note }) => note))
      blocks.push({ kind: 'paragraph', pieces })
    pieces = []
  }
  for (const part of inline) {
    if ('look' in part) pieces.push(part)
    else {
      end()
      blocks.push({ kind: 'figure', source: part.source, alt: part.alt, caption: part.title })
    }
  }
  end()
  return blocks
}

function readList(reader: Reader, token: Token): List {
  const items: Item[] = []
  let isTight = true
  while ((reader.tokens[reader.at] as Token).nesting === 1) {
    reader.at += 1
    const first = reader.tokens[reader.at] as Token
    if (first.type === 'paragraph_open' && !first.hidden) isTight = false
    items.push(taskOf(readInside(reader)))
  }
  reader.at += 1
  return {
    kind: 'list',
    isTight,
    items,
    ...(token.type === 'ordered_list_open' ? { first: Number(attribute(token, 'start') || 1) } : {})
  }
}

const box = /^\[([ xX])\] /

/** `[ ]` and `[x]` in front of a point say that it is a task. */
function taskOf(blocks: Block[]): Item {
  const [first] = blocks
  const piece = first?.kind === 'paragraph' ? first.pieces[0] : undefined
  const mark = box.exec(piece?.text ?? '')
  if (!piece || !mark) return { blocks }
  piece.text = piece.text.slice(mark[0].length)
  return { blocks, isDone: mark[1] !== ' ' }
}

function readTable(reader: Reader): Table {
  const table: Table = { kind: 'table', aligns: [], head: [], rows: [] }
  let row = table.head
  for (;;) {
    const token = reader.tokens[reader.at] as Token
    reader.at += 1
    if (token.type === 'table_close') return table
    if (token.type === 'tr_open' && table.head.length > 0) {
      row = []
      table.rows.push(row)
    }
    if (token.type === 'th_open') table.aligns.push(alignOf(token))
    if (token.type === 'th_open' || token.type === 'td_open') {
      row.push(readPieces(reader))
      count(reader, table)
    }
  }
}

function count(reader: Reader, { aligns }: Table) {
  reader.cells += 1
  if (aligns.length > most.columns) refuse(tooMany.columns)
  if (reader.cells > most.cells) refuse(tooMany.cells)
}

function alignOf(token: Token) {
  return /text-align:(left|right|center)/.exec(attribute(token, 'style'))?.[1] as Align | undefined
}
