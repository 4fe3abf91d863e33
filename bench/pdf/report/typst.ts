import { fontFolders } from '../fonts.ts'
import { load } from '../peers.ts'
import type { Block } from './block.ts'
import type { ReportMaker } from './maker.ts'

export async function open(): Promise<ReportMaker> {
  const { NodeCompiler } = await load('@myriaddreamin/typst-ts-node-compiler')
  return async blocks => {
    // A new one each time: it would hand out what it made before.
    const compiler = NodeCompiler.create({ fontArgs: [{ fontPaths: fontFolders }] })
    const bytes: Uint8Array = compiler.pdf({ mainFileContent: sourceOf(blocks) })
    compiler.evictCache(0)
    const pages =
      Buffer.from(bytes)
        .toString('latin1')
        .match(/\/Type\s*\/Page\b/g)?.length ?? 0
    return { bytes, pages }
  }
}

function sourceOf(blocks: Block[]) {
  return [
    '#set page(paper: "a4", margin: 56pt, numbering: "1 / 1")',
    '#set text(font: "Noto Sans JP", lang: "ja", size: 10pt)',
    '#set par(justify: true)',
    '#show heading.where(level: 1): it => { pagebreak(weak: true); it }',
    '#outline()',
    ...blocks.map(markupOf)
  ].join('\n\n')
}

function markupOf(block: Block): string {
  const text = (text: string) => `#${JSON.stringify(text)}`
  if (block.kind === 'heading') return `${'='.repeat(block.level)} ${text(block.text)}`
  if (block.kind === 'paragraph') return text(block.text)
  if (block.kind === 'list') return block.items.map(item => `- ${text(item)}`).join('\n')
  const cells = block.rows.flat().map(cell => JSON.stringify(cell))
  return `#table(columns: 4, ${cells.join(', ')})`
}
