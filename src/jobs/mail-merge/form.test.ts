import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openLine } from '../../../test/line.ts'

test('a file that is gone before its columns are shown is asked for again', async t => {
  const { webUrl } = await openLine(t)
  for (const key of ['0'.repeat(32), `\u202e${'0'.repeat(32)}`, `../${'0'.repeat(32)}`]) {
    const file = { key: `uploads/${key}`, name: 'orders.csv', bytes: '12' }
    const body = new URLSearchParams()
    for (const [name, value] of Object.entries(file)) body.set(`file.${name}`, value)
    const headers = { 'accept-language': 'ja' }
    const response = await fetch(`${webUrl}/new/mail-merge`, { method: 'POST', headers, body })
    assert.equal(response.status, 200, key)
    const page = await response.text()
    assert.match(page, /id="f-file-error">送信されたファイルの保管期間が過ぎています/)
  }
})
