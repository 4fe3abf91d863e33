import Type, { type Static } from 'typebox'
import type { Sentence } from '../language.ts'

/** What people call a field. */
const named = (ja: string, en: string) => ({ label: { ja, en } })
type Named = ReturnType<typeof named>

const line = (maxLength: number, name: Named) => Type.String({ minLength: 1, maxLength, ...name })
const paragraph = (maxLength: number, name: Named) =>
  Type.String({ maxLength, multiline: true, ...name })
const code = (pattern: string, maxLength: number, says: Sentence) => (name: Named) =>
  Type.String({ pattern, minLength: 1, maxLength, narrow: true, says, ...name })
const date = code('^\\d{4}-\\d{2}-\\d{2}$', 10, {
  ja: '日付を「2026-04-01」の形で入力してください。',
  en: 'Enter a date such as 2026-04-01.'
})
const postalCode = code('^\\d{3}-?\\d{4}$', 8, {
  ja: '郵便番号を「100-0001」の形で入力してください。',
  en: 'Enter a postal code such as 100-0001.'
})(named('郵便番号', 'Postal code'))
const phone = code('^[0-9+() -]{1,20}$', 20, {
  ja: '電話番号は数字とハイフンで入力してください。',
  en: 'Enter a phone number: digits and hyphens.'
})
const registrationNumber = code('^T\\d{13}$', 14, {
  ja: '登録番号は「T」と13桁の数字です。',
  en: 'A registration number is “T” and 13 digits.'
})

/** What a picture takes as a data URL; the base64 of 150 KB. */
const maxPictureLength = 204_800
const picture = (name: Named) =>
  Type.String({
    pattern: '^data:image/(png|jpeg);base64,[A-Za-z0-9+/]+={0,2}$',
    minLength: 1,
    maxLength: maxPictureLength,
    says: {
      ja: 'PNGかJPEGの画像を、150KB以内で選んでください。',
      en: 'Choose a PNG or JPEG picture of at most 150 KB.'
    },
    ...name
  })
const webAddress = code('^https://[!-~]+$', 300, {
  ja: '「https://」で始まるURLを、半角300文字以内で入力してください。',
  en: 'Enter an address that begins with https://, of at most 300 characters.'
})

/** Consumption tax rates in percent: standard, reduced (軽減税率, marked ※), exempt. */
export const TaxRate = Type.Union(
  [Type.Literal(10), Type.Literal(8), Type.Literal(0)],
  named('税率', 'Tax')
)
export type TaxRate = Static<typeof TaxRate>

/** How fractions of a yen are dropped; the law leaves it to the issuer (国税庁 適格請求書Q&A 問57). */
export const Rounding = Type.Union(
  [Type.Literal('floor'), Type.Literal('round'), Type.Literal('ceil')],
  named('端数処理', 'Fractions of a yen')
)
export type Rounding = Static<typeof Rounding>

export const InvoiceLine = Type.Object(
  {
    description: line(200, named('摘要', 'Description')),
    /** At most 3 decimals. */
    quantity: Type.Number({
      minimum: 0.001,
      maximum: 999_999,
      ...named('数量', 'Quantity'),
      says: {
        ja: '0.001から999,999までの数を入力してください。',
        en: 'Enter a number from 0.001 to 999,999.'
      }
    }),
    unit: Type.Optional(Type.String({ maxLength: 10, ...named('単位', 'Unit') })),
    /** Yen before tax; negative for a discount. */
    unitPrice: Type.Integer({
      minimum: -999_999_999,
      maximum: 999_999_999,
      ...named('単価（税抜）', 'Unit price (net)'),
      says: {
        ja: '1円単位の整数で、999,999,999円までを入力してください。',
        en: 'Enter whole yen, up to 999,999,999.'
      }
    }),
    taxRate: TaxRate
  },
  { additionalProperties: false }
)
export type InvoiceLine = Static<typeof InvoiceLine>

/** A qualified invoice (適格請求書): the six items of the Consumption Tax Act, art. 57-4 (1), and what business adds. */
export const Invoice = Type.Object(
  {
    number: line(40, named('請求書番号', 'Invoice number')),
    issuedOn: date(named('発行日', 'Issue date')),
    /** Day of the transaction, or the last day of its month. */
    transactionOn: date(named('取引年月日', 'Transaction date')),
    dueOn: Type.Optional(date(named('お支払期限', 'Due date'))),
    issuer: Type.Object(
      {
        name: line(100, named('会社名・氏名', 'Name')),
        postalCode: Type.Optional(postalCode),
        address: paragraph(200, named('住所', 'Address')),
        registrationNumber: registrationNumber(named('登録番号', 'Registration number')),
        phone: Type.Optional(phone(named('電話番号', 'Phone')))
      },
      { additionalProperties: false, ...named('発行者', 'From') }
    ),
    recipient: Type.Object(
      {
        name: line(100, named('宛名', 'Name')),
        honorific: Type.Union(
          [Type.Literal('御中'), Type.Literal('様')],
          named('敬称', 'Honorific')
        ),
        postalCode: Type.Optional(postalCode),
        address: Type.Optional(paragraph(200, named('住所', 'Address')))
      },
      { additionalProperties: false, ...named('請求先', 'Bill to') }
    ),
    lines: Type.Array(InvoiceLine, { minItems: 1, maxItems: 200, ...named('明細', 'Lines') }),
    rounding: Type.Optional(Rounding),
    bank: Type.Optional(paragraph(500, named('お振込先', 'Bank details'))),
    /** Shown as a QR code, too. */
    paymentUrl: Type.Optional(webAddress(named('お支払いページのURL', 'Payment page'))),
    note: Type.Optional(paragraph(2000, named('備考', 'Note'))),
    /** Pictures are data URLs. */
    logo: Type.Optional(picture(named('ロゴ', 'Logo'))),
    seal: Type.Optional(picture(named('印影', 'Seal')))
  },
  { additionalProperties: false }
)
export type Invoice = Static<typeof Invoice>
