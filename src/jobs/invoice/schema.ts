import Type, { type Static } from 'typebox'
import type { Sentence } from '../../language.ts'

const line = (maxLength: number) => Type.String({ minLength: 1, maxLength })
const code = (pattern: string, maxLength: number, says: Sentence) =>
  Type.String({ pattern, minLength: 1, maxLength, narrow: true, says })
const paragraph = (maxLength: number) => Type.String({ maxLength, multiline: true })
const date = code('^\\d{4}-\\d{2}-\\d{2}$', 10, {
  ja: '日付を「2026-04-01」の形で入力してください。',
  en: 'Enter a date such as 2026-04-01.'
})
const postalCode = code('^\\d{3}-?\\d{4}$', 8, {
  ja: '郵便番号を「100-0001」の形で入力してください。',
  en: 'Enter a postal code such as 100-0001.'
})
const phone = code('^[0-9+() -]{1,20}$', 20, {
  ja: '電話番号は数字とハイフンで入力してください。',
  en: 'Enter a phone number: digits and hyphens.'
})
const registrationNumber = code('^T\\d{13}$', 14, {
  ja: '登録番号は「T」と13桁の数字です。',
  en: 'A registration number is “T” and 13 digits.'
})

/** Consumption tax rates in percent: standard, reduced (軽減税率, marked ※), exempt. */
export const TaxRate = Type.Union([Type.Literal(10), Type.Literal(8), Type.Literal(0)])
export type TaxRate = Static<typeof TaxRate>

/** How fractions of a yen are dropped; the law leaves it to the issuer (国税庁 適格請求書Q&A 問57). */
export const Rounding = Type.Union([
  Type.Literal('floor'),
  Type.Literal('round'),
  Type.Literal('ceil')
])
export type Rounding = Static<typeof Rounding>

export const InvoiceLine = Type.Object(
  {
    description: line(200),
    /** At most 3 decimals. */
    quantity: Type.Number({ minimum: 0.001, maximum: 999_999 }),
    unit: Type.Optional(Type.String({ maxLength: 10 })),
    /** Yen before tax; negative for a discount. */
    unitPrice: Type.Integer({ minimum: -999_999_999, maximum: 999_999_999 }),
    taxRate: TaxRate
  },
  { additionalProperties: false }
)
export type InvoiceLine = Static<typeof InvoiceLine>

/** A qualified invoice (適格請求書): the six items of the Consumption Tax Act, art. 57-4 (1), and what business adds. */
export const Invoice = Type.Object(
  {
    number: line(40),
    issuedOn: date,
    /** Day of the transaction, or the last day of its month. */
    transactionOn: date,
    dueOn: Type.Optional(date),
    issuer: Type.Object(
      {
        name: line(100),
        postalCode: Type.Optional(postalCode),
        address: paragraph(200),
        registrationNumber,
        phone: Type.Optional(phone)
      },
      { additionalProperties: false }
    ),
    recipient: Type.Object(
      {
        name: line(100),
        honorific: Type.Union([Type.Literal('御中'), Type.Literal('様')]),
        postalCode: Type.Optional(postalCode),
        address: Type.Optional(paragraph(200))
      },
      { additionalProperties: false }
    ),
    lines: Type.Array(InvoiceLine, { minItems: 1, maxItems: 200 }),
    rounding: Type.Optional(Rounding),
    bank: Type.Optional(paragraph(500)),
    note: Type.Optional(paragraph(2000))
  },
  { additionalProperties: false }
)
export type Invoice = Static<typeof Invoice>
