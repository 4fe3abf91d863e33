import { readFileSync } from 'node:fs'
import { draw } from '../../src/report/pdf.ts'
import type { Sample } from '../samples.ts'

const text = readFileSync(new URL('../report.md', import.meta.url), 'utf8')
const createdAt = new Date('2026-11-23T00:00:00Z')
const report = {
  title: '焙煎の記録と来季の計画',
  subtitle: '二〇二六年度 第三四半期',
  organisation: '株式会社まめや珈琲',
  date: '2026-11-23',
  text
}

export const samples: Sample[] = [
  {
    name: 'report',
    draw: () => draw({ report, language: 'ja', createdAt }, { progress: () => {} })
  }
]
