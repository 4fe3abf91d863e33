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

const curve = {
  name: '焙煎曲線.png',
  bytes: readFileSync(new URL('../pictures/roast-curve.png', import.meta.url))
}
const withPictures = {
  ...report,
  title: '中点の記録',
  subtitle: '添付した画像のある報告書',
  text: `# 焙煎曲線

豆を投入すると温度は一度下がり、二分で96℃の中点に達する。そこから先は、火力を守れば毎回同じ曲線をたどる。

![焙煎曲線: 投入から煎り止めまでの豆の温度](images/焙煎曲線.png "図1 エチオピア G1、12 kg、11月23日の焙煎")

中点が3℃低い日は、豆の水分が多い。投入の前に測り、火力を一目盛り上げる。

# 届かなかった画像

画像が添付されていないときは、その説明が代わりに入る。

![比較のための曲線: 中点が3℃低い日](比較.png)
`
}

export const samples: Sample[] = [
  {
    name: 'report',
    draw: () => draw({ report, language: 'ja', createdAt }, { progress: () => {} })
  },
  {
    name: 'report-pictures',
    draw: () =>
      draw(
        { report: withPictures, language: 'ja', createdAt, pictures: [curve] },
        { progress: () => {} }
      )
  }
]
