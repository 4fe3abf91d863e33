import { draw } from '../../../src/report/pdf.ts'
import type { Block } from './block.ts'
import type { ReportMaker } from './maker.ts'

export async function open(): Promise<ReportMaker> {
  return async blocks => {
    const report = { title: '年次報告書', text: blocks.map(markdownOf).join('\n\n') }
    const createdAt = new Date('2026-11-23T00:00:00Z')
    return draw({ report, language: 'ja', createdAt }, { progress: () => {} })
  }
}

function markdownOf(block: Block): string {
  if (block.kind === 'heading') return `${'#'.repeat(block.level)} ${block.text}`
  if (block.kind === 'paragraph') return block.text
  if (block.kind === 'list') return block.items.map(item => `- ${item}`).join('\n')
  const [head = [], ...rows] = block.rows.map(cells => `| ${cells.join(' | ')} |`)
  return [head, '| --- | ---: | ---: | --- |', ...rows].join('\n')
}
