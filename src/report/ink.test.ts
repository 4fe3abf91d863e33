import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compareInk } from '../../test/ink.ts'
import { needs } from '../../test/needs.ts'
import { openDocument } from '../pdf/document.ts'
import { drawReport } from './pdf.ts'

const text = `# 見出し「焙煎」

焙煎とは、生豆に熱を加え、**香りと味**を引き出す作業をいいます[^1]。わずか10秒、わずか2℃のずれが、カップの中でははっきりした違いになります。鬱蒼たる檸檬≒☑😀𠮷髙﨑𩸽、葛\u{e0100}城、*強調*と\`ror(bt, 30)\`。

In the first half of the year we recorded every roast, *measured the moisture* of the beans each morning, and tasted every day instead of once a week.

\`\`\`
{ "bean": "エチオピア G1", 'kg': 12.0 }   # ｱｲｳ ①
\`\`\`

| 銘柄 | 点 |
|---|--:|
| マンデリン | 1,234.5 |

[^1]: 脚注の「文字」、3%。
`

test('every text of a report has the ink that whole fonts give it', {
  skip: needs('pdftoppm')
}, async () => {
  const document = openDocument({ title: '', language: 'ja', createdAt: new Date(0) })
  const count = await compareInk(document, recorder => {
    drawReport(recorder, { title: '報告書', text }, 'ja')
  })
  assert.ok(count > 20, String(count))
})
