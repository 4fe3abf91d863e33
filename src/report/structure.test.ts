import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { type PDFArray, PDFDict, PDFDocument, PDFName } from 'pdf-lib'
import { openFolder } from '../../test/line.ts'
import { needs } from '../../test/needs.ts'
import { dataUrl, png } from '../../test/picture.ts'
import { draw } from './pdf.ts'

const text = `# 一章

段落と[リンク](https://example.jp)と\`code\`と注[^1]。

## 節

- 豆
  1. 水

> 引用

|名|数|
|-|-|
|豆|1|

\`\`\`
ror()
\`\`\`

![豆の絵](${dataUrl(png())} "図1")

# 二章

[^1]: 注の文。
`

async function drawn(text: string) {
  const wishes = { language: 'ja', createdAt: new Date(0) } as const
  return (await draw({ report: { title: '題', text }, ...wishes }, { progress() {} })).bytes
}

/** The structure as poppler reads it: the role of each part, indented. */
async function rolesOf(t: TestContext) {
  const bytes = await drawn(text)
  const file = join(openFolder(t), 'a.pdf')
  writeFileSync(file, bytes)
  const lines = execFileSync('pdfinfo', ['-struct-text', file]).toString().split('\n')
  return lines.map(line => line.replace(/ \((block|inline)\).*$|:$/g, '').trimEnd())
}

test('every part of a report says what it is', { skip: needs('pdfinfo') }, async t => {
  const lines = await rolesOf(t)
  const count = (role: string) => lines.filter(line => line.trim() === role).length
  const wanted = {
    H1: 2,
    H2: 1,
    TOC: 1,
    TOCI: 3,
    L: 2,
    LI: 2,
    Lbl: 3,
    LBody: 2,
    BlockQuote: 1,
    Table: 1,
    TR: 2,
    TH: 2,
    TD: 2,
    Code: 2,
    Note: 1,
    Figure: 1
  }
  for (const [role, number] of Object.entries(wanted)) assert.equal(count(role), number, role)
})

test('the parts are in the order of reading, a list inside the point that holds it', {
  skip: needs('pdfinfo')
}, async t => {
  const lines = (await rolesOf(t)).map(line => line.trim())
  const wanted = [
    '"題"',
    '"目次"',
    'H1',
    '"一章"',
    '"節"',
    '"豆"',
    '"水"',
    '"引用"',
    '"ror()"',
    '"図1"'
  ]
  let at = -1
  for (const line of wanted) {
    const next = lines.indexOf(line, at + 1)
    assert.ok(next > at, `${line}\n${lines.join('\n')}`)
    at = next
  }
})

test('each link belongs to a part, however its words look', async () => {
  const link = '[水](https://example.jp)'
  const bytes = await drawn(`${link} *${link}* **${link}** ~~${link}~~ *Latin ${link}*`)
  const { context } = await PDFDocument.load(bytes, { updateMetadata: false })
  const all = context.enumerateIndirectObjects().map(([, object]) => object)
  const parts = all.filter(object => object instanceof PDFDict && object.has(PDFName.of('S')))
  const held = parts.flatMap(part => {
    const kids = (part as PDFDict).lookup(PDFName.of('K')) as PDFArray | undefined
    const own = kids?.asArray().filter(kid => kid instanceof PDFDict) ?? []
    return own.map(kid => String((kid as PDFDict).get(PDFName.of('Obj'))))
  })
  const links = all.filter(object => String(object).includes('/Subtype /Link'))
  assert.deepEqual(held, links.map(object => String(context.getObjectRef(object))).toSorted())
  assert.equal(links.length, 5)
})
