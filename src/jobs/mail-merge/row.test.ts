import assert from 'node:assert/strict'
import { test } from 'node:test'
import { header, mergeOrder } from '../../../test/orders.ts'
import type { Invoice } from '../../invoice/schema.ts'
import { guess, type Mapping } from './column.ts'
import { describe, openReader } from './row.ts'

const names = header.split(',')
const good = ['2026-1', '髙﨑商店', '530-0001', '大阪市', '生豆', '3', '袋', '28,400', '8%']

function read(changes: Record<string, string> = {}, order = mergeOrder()) {
  const cells = good.map((cell, index) => changes[names[index] as string] ?? cell)
  return openReader(order, names)({ number: 7, cells })
}

function invoiceOf(changes: Record<string, string>, order = mergeOrder()): Invoice {
  const reading = read(changes, order)
  assert.ok('invoice' in reading, JSON.stringify(reading))
  return reading.invoice
}

function wrongWith(changes: Record<string, string>) {
  const reading = read(changes)
  return 'problems' in reading ? reading.problems.map(problem => describe(problem).ja) : []
}

test('a row becomes an invoice with what all of them have in common', () => {
  const { number, recipient, lines, issuer, issuedOn, bank } = invoiceOf({})
  assert.equal(number, '2026-1')
  assert.deepEqual(recipient, {
    name: '髙﨑商店',
    honorific: '御中',
    postalCode: '530-0001',
    address: '大阪市'
  })
  assert.deepEqual(lines, [
    { description: '生豆', quantity: 3, unit: '袋', unitPrice: 28400, taxRate: 8 }
  ])
  assert.equal(issuer.name, '株式会社まめや珈琲')
  assert.deepEqual([issuedOn, bank], ['2026-11-30', 'まめ銀行 渋谷支店 普通 1234567'])
})

test('tax rates are understood as people write them, and the common one stands for a blank', () => {
  const rates = {
    '10%': 10,
    '0.08': 8,
    '.1': 10,
    '８％（軽減）': 8,
    軽減: 8,
    非課税: 0,
    '10.0': 10,
    '': 10
  }
  for (const [text, rate] of Object.entries(rates))
    assert.equal(invoiceOf({ 税率: text }).lines[0]?.taxRate, rate, text)
})

test('days are understood as spreadsheets write them', () => {
  const columns = { ...mergeOrder().columns, transactionOn: '住所' }
  const order = mergeOrder({ columns: { ...columns, address: undefined } as never })
  for (const text of ['2026/4/1', '2026年4月1日', '20260401', '２０２６．４．１'])
    assert.equal(invoiceOf({ 住所: text }, order).transactionOn, '2026-04-01', text)
  assert.equal(invoiceOf({ 住所: '' }, order).transactionOn, '2026-11-30')
})

test('without a column for numbers the invoices are counted', () => {
  const { number: _, ...columns } = mergeOrder().columns
  assert.equal(
    invoiceOf({}, mergeOrder({ columns, numberPrefix: '2026-11-' })).number,
    '2026-11-0006'
  )
})

test('what is wrong is said with row, column and reason, and all of it at once', () => {
  assert.deepEqual(wrongWith({ 宛名: ' ', 数量: '三', 税率: '5%' }), [
    '7行目「宛名」：入力してください。',
    '7行目「数量」：0.001から999,999までの数を入力してください。',
    '7行目「税率」：10%、8%、0%（対象外）のいずれかにしてください。'
  ])
  assert.deepEqual(wrongWith({ 単価: '-100' }), [
    '7行目「明細」：合計金額がマイナスです。値引きや返品の金額を見直してください。'
  ])
})

test('a comma that was not quoted is found', () => {
  const reading = openReader(mergeOrder(), names)({ number: 3, cells: [...good, '400'] })
  assert.ok('problems' in reading)
  assert.match(
    describe(reading.problems[0] as never).en,
    /^Row 3, “whole row”: It has more columns/
  )
})

test('columns are guessed from their names, each for one field', () => {
  assert.deepEqual(guess(names), mergeOrder().columns)
  const english = 'Invoice No.,Customer,Address,Item,Qty,Unit Price,Tax Rate,Due Date'
  const guessed: Mapping = {
    number: 'Invoice No.',
    recipientName: 'Customer',
    address: 'Address',
    description: 'Item',
    quantity: 'Qty',
    unitPrice: 'Unit Price',
    taxRate: 'Tax Rate',
    dueOn: 'Due Date'
  }
  assert.deepEqual(guess(english.split(',')), guessed)
  assert.deepEqual(guess(['請求先', '請求先住所', '金額']), {
    recipientName: '請求先',
    address: '請求先住所',
    unitPrice: '金額'
  })
})

test('what the person has chosen stays when another file has the same columns', () => {
  const chosen = { recipientName: '摘要', description: 'どこにもない' }
  const { recipientName, description } = guess(names, chosen)
  assert.deepEqual([recipientName, description], ['摘要', undefined])
})
