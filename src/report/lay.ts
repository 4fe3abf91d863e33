import type { Block } from './block.ts'
import { layCode } from './code.ts'
import { layDivider } from './divider.ts'
import { layFigure } from './figure.ts'
import type { Frame } from './frame.ts'
import { layHeading } from './heading.ts'
import { layList } from './list.ts'
import { layParagraph } from './paragraph.ts'
import { layQuote } from './quote.ts'
import { layTable } from './table.ts'

/** Sets blocks one below the other. */
export function layBlocks(frame: Frame, blocks: Block[]) {
  for (const [index, block] of blocks.entries()) layBlock(frame, block, blocks[index + 1])
}

/** Sets a block; some are not parted from the `next` one. */
export function layBlock(frame: Frame, block: Block, next?: Block) {
  switch (block.kind) {
    case 'heading':
      return layHeading(frame, block)
    case 'paragraph':
      return layParagraph(frame, block, next)
    case 'list':
      return layList(frame, block)
    case 'quote':
      return layQuote(frame, block)
    case 'code':
      return layCode(frame, block)
    case 'table':
      return layTable(frame, block)
    case 'figure':
      return layFigure(frame, block)
    case 'divider':
      return layDivider(frame)
  }
}
