import { draw } from '../../src/invoice/pdf.ts'
import type { Invoice, InvoiceLine, TaxRate } from '../../src/invoice/schema.ts'
import type { Language } from '../../src/language.ts'
import example from '../invoice.json' with { type: 'json' }
import { paymentUrl, pictures } from '../pictures/files.ts'
import type { Sample } from '../samples.ts'

const { email: _, language: __, ...rest } = example
const invoice = rest as Invoice
const createdAt = new Date('2026-11-23T00:00:00Z')

const sample = (name: string, invoice: Invoice, language: Language = 'ja'): Sample => ({
  name: `invoice-${name}`,
  draw: () => draw({ invoice, language, createdAt })
})

const goods = [
  'エチオピア イルガチェフェ 生豆 20kg',
  '焙煎機の定期点検',
  '紙フィルター 100枚入',
  '配送料（冷蔵便）'
]
const lines = Array.from({ length: 60 }, (_, index): InvoiceLine => {
  const description = `${goods[index % goods.length]}${index % 7 === 0 ? '、水洗式の浅煎りで、店頭での試飲用に小分けしたもの' : ''}`
  const taxRate = ([8, 10, 10, 0] as const)[index % 4] as TaxRate
  return {
    description,
    quantity: 1 + (index % 9) / 2,
    unit: '袋',
    unitPrice: 1200 + index * 310,
    taxRate
  }
})

const adorned: Invoice = { ...invoice, ...pictures, paymentUrl }

const names: Invoice = {
  ...invoice,
  issuer: { ...invoice.issuer, name: '株式会社髙﨑・渡邊・齋藤珈琲 濵田支店' },
  recipient: {
    ...invoice.recipient,
    name: '葛\u{e0100}城 𠮷野家 ☕ 𩸽処 辻\u{e0100}本商店',
    honorific: '様'
  },
  lines: [
    { description: '返品（先月分）', quantity: 2, unit: '袋', unitPrice: -28_400, taxRate: 8 },
    {
      description: '送料込みの品物が一行に入らないほど長い名前を持つときには、行を改めて続きます。',
      quantity: 999_999,
      unit: 'パレット',
      unitPrice: 9_999,
      taxRate: 10
    }
  ],
  note: 'お振込の際は「2026-1123」とご記入ください。\n詳しくは https://example.jp/payment/how-to-pay/2026-1123 をご覧ください。'
}

export const samples: Sample[] = [
  sample('one-page', invoice),
  sample('english', invoice, 'en'),
  sample('logo-seal-code', adorned),
  sample('logo-seal-code-english', adorned, 'en'),
  sample('logo-seal-code-many-lines', { ...adorned, lines: lines.slice(0, 24) }),
  sample('many-lines', { ...invoice, lines }),
  sample('names', names),
  sample('long-note', {
    ...invoice,
    note: `${'納品書と併せてご確認ください。ご不明な点は経理部まで。'.repeat(60)}`
  })
]
