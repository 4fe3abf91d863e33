import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import example from '../../examples/invoice.json' with { type: 'json' }
import { paymentUrl, pictures } from '../../examples/pictures/files.ts'
import { openFolder } from '../../test/line.ts'
import { needs } from '../../test/needs.ts'
import { pdfjsLinesOf } from '../../test/pdfjs.ts'
import { picturesOf, textOf } from '../../test/proof.ts'
import { draw } from '../invoice/pdf.ts'
import type { Invoice } from '../invoice/schema.ts'
import { openDocument } from './document.ts'
import { protect } from './protect.ts'

const skip = needs('qpdf', 'pdftotext', 'pdftoppm')

function drawn() {
  const document = openDocument({ title: '秘密', language: 'ja', createdAt: new Date(0) })
  const page = document.page()
  page.tag(document.addElement(document.top, 'P'))
  page.text('秘密の豆', { x: 50, y: 50 }, { size: 12 })
  return document.save()
}

/** Opens a file as qpdf does; throws what qpdf says. */
function unlock(t: TestContext, bytes: Uint8Array, password: string): Buffer {
  const file = join(openFolder(t), 'locked.pdf')
  writeFileSync(file, bytes)
  const options = [`--password=${password}`, '--decrypt', file, '-']
  return execFileSync('qpdf', options, { stdio: ['ignore', 'pipe', 'pipe'] })
}

for (const password of ['correct horse', `~!"\\(<[${'a'.repeat(120)}`])
  test(`a document locked with “${password.slice(0, 13)}” opens with that alone`, {
    skip
  }, async t => {
    const locked = await protect(drawn(), password)
    assert.equal(textOf(unlock(t, locked, password))[0]?.trim(), '秘密の豆')
    assert.deepEqual(await pdfjsLinesOf(locked, password), [['秘密の豆']])
    for (const wrong of ['', 'wrong', password.slice(1)])
      assert.throws(() => unlock(t, locked, wrong), /invalid password/)
  })

test('it is locked with AES-256', { skip }, async t => {
  const file = join(openFolder(t), 'locked.pdf')
  writeFileSync(file, await protect(drawn(), 'a'))
  const said = execFileSync('qpdf', ['--password=a', '--show-encryption', file]).toString()
  assert.match(said, /R = 6/)
  assert.match(said, /stream encryption method: AESv3/)
  assert.match(said, /extract for accessibility: allowed/)
})

test('a locked document does not say that it is PDF/A, and keeps its structure', {
  skip
}, async t => {
  assert.ok(Buffer.from(drawn()).includes('pdfaid:part'))
  const file = join(openFolder(t), 'open.pdf')
  writeFileSync(file, unlock(t, await protect(drawn(), 'a'), 'a'))
  const plain = execFileSync('qpdf', ['--qdf', '--object-streams=disable', file, '-'])
  assert.equal(plain.includes('pdfaid'), false)
  assert.ok(plain.includes('/StructTreeRoot'))
  assert.ok(plain.includes('秘密'))
})

test('a password that readers may take for another one is refused', async () => {
  const refused = ['', 'パスワード', '１２３４', 'caf\u00e9', 'a\u00a0b', 'a\nb', 'a'.repeat(128)]
  for (const password of refused)
    await assert.rejects(protect(drawn(), password), /1 to 127 ASCII letters/, password)
})

test('a locked document of many parts is sound and looks as it did', { skip }, async t => {
  const createdAt = new Date(0)
  const { email: _, language: __, ...invoice } = example
  const whole = { ...invoice, ...pictures, paymentUrl } as Invoice
  const { bytes } = await draw({ invoice: whole, language: 'ja', createdAt })
  const file = join(openFolder(t), 'locked.pdf')
  writeFileSync(file, await protect(bytes, 'a'))
  execFileSync('qpdf', ['--password=a', '--check', file], { stdio: 'pipe' })
  assert.deepEqual(picturesOf(unlock(t, readFileSync(file), 'a'), 50), picturesOf(bytes, 50))
})
