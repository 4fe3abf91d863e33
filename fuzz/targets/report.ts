import { textIn } from '../../src/jobs/report/source.ts'
import { reasonOf } from '../../src/report/limit.ts'
import { draw } from '../../src/report/pdf.ts'
import type { Target } from '../target.ts'
import { generate } from './markdown.ts'

const about = { language: 'ja' as const, createdAt: new Date(0) }

/** A file of Markdown on paper: the whole way to the bytes of a PDF. */
export const target: Target = {
  name: 'report',
  generate,
  async run(input) {
    const report = { title: '豆', text: textIn(input) }
    try {
      const { bytes } = await draw({ ...about, report }, { progress() {} })
      if (!Buffer.from(bytes).toString('latin1', 0, 5).startsWith('%PDF-'))
        throw new Error('This is no PDF.')
    } catch (error) {
      if (!reasonOf(error)) throw error
    }
  }
}
