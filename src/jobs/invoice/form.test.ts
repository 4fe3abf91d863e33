import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Html } from '../../html.ts'
import { warningsAbout } from '../../invoice/rules.ts'
import type { Invoice } from '../../invoice/schema.ts'
import type { Language } from '../../language.ts'
import type { Fields } from '../../queue/kind.ts'
import { form } from './form.ts'

function read(registrationNumber: string) {
  return (form.read({ 'issuer.registrationNumber': registrationNumber }) as Invoice).issuer
}

function draw(language: Language): Html {
  return form.fields({ language, values: {}, problems: [] })
}

test('a registration number is understood in lower case, with hyphens and full-width', () => {
  for (const typed of ['t9234567890123', 'T9-2345-6789-0123', 'ｔ９２３４５６７８９０１２３'])
    assert.equal(read(typed).registrationNumber, 'T9234567890123', typed)
  assert.equal(read('T12').registrationNumber, 'T12')
})

test('the example in the field of the registration number has the right check digit', () => {
  const [, registrationNumber = ''] = /placeholder="(T\d+)"/.exec(draw('ja').text) ?? []
  assert.deepEqual(warningsAbout({ issuer: { registrationNumber } } as Invoice), [])
})

test('a new form has one empty line', () => {
  const rows = draw('ja')
    .text.replace(/<template>.*<\/template>/s, '')
    .match(/role="group"/g)
  assert.equal(rows?.length, 1)
})

test('a new form proposes today in Japan as the issue date, and keeps what was typed instead', t => {
  t.mock.timers.enable({ apis: ['Date'], now: new Date('2026-11-23T15:30:00Z') })
  const dateIn = (values: Fields) =>
    /id="f-issuedOn"[^>]* value="([^"]*)"/.exec(
      form.fields({ language: 'ja', values, problems: [] }).text
    )?.[1]
  assert.equal(dateIn({}), '2026-11-24')
  assert.equal(dateIn({ issuedOn: '2026-04-01' }), '2026-04-01')
  assert.equal(dateIn({ issuedOn: '' }), '')
})

test('a line is kept whatever its number, after the others, and none makes room for millions', () => {
  const cell = (index: string) => ({ [`lines.${index}.description`]: index })
  const typed = { ...cell('99999999999999999999'), ...cell('2'), ...cell('1000'), ...cell('0') }
  const { lines } = form.read(typed) as Invoice
  const far = ['1000', '99999999999999999999'].map(description => ({ description }))
  assert.deepEqual(lines, [{ description: '0' }, {}, { description: '2' }, ...far])
  assert.deepEqual((form.read({ 'lines.999.unit': '袋' }) as Invoice).lines.length, 1000)
})
