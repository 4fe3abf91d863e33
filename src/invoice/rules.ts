import type { Sentence } from '../language.ts'
import type { Problem } from '../queue/kind.ts'
import { grouped, totalsOf } from './amounts.ts'
import { faultOf } from './picture.ts'
import type { Invoice } from './schema.ts'

/** What fits the document, in yen. */
const maxTotal = 9_999_999_999_999n

/** No business lies outside: other years are typing errors (0026 for 2026). */
const years = { first: 2000, last: 2099 }

/** Characters in all fields together: about 30 dense pages. */
const maxCharacters = 30_000

/** What is wrong with an invoice though its schema is satisfied. */
export function checkInvoice(invoice: Invoice): Problem[] {
  return [
    ...checkDates(invoice),
    ...checkQuantities(invoice),
    ...checkTotal(invoice),
    ...checkLength(invoice),
    ...checkPaymentUrl(invoice),
    ...checkPictures(invoice)
  ]
}

/** What a person should look at again; the invoice is made all the same. */
export function warningsAbout({ issuer }: Invoice): Sentence[] {
  return isCorporateNumber(issuer.registrationNumber.slice(1)) ? [] : [wording.checkDigit]
}

function checkDates(invoice: Invoice): Problem[] {
  const { issuedOn, dueOn } = invoice
  const problems = (['issuedOn', 'transactionOn', 'dueOn'] as const).flatMap(path => {
    const sentence = complaintAbout(invoice[path])
    return sentence ? [{ path, sentence }] : []
  })
  if (problems.length > 0 || dueOn === undefined || dueOn >= issuedOn) return problems
  return [{ path: 'dueOn', sentence: wording.dueTooEarly }]
}

function complaintAbout(date: string | undefined): Sentence | undefined {
  if (date === undefined) return
  if (!isDate(date)) return wording.noSuchDay
  const year = Number(date.slice(0, 4))
  if (year < years.first || year > years.last) return wording.noSuchYear
}

function checkQuantities({ lines }: Invoice): Problem[] {
  return lines.flatMap(({ quantity }, index) =>
    Number(quantity.toFixed(3)) === quantity
      ? []
      : [{ path: `lines.${index}.quantity`, sentence: wording.tooManyDecimals }]
  )
}

function checkTotal(invoice: Invoice): Problem[] {
  const { total } = totalsOf(invoice)
  if (total < 0n) return [{ path: 'lines', sentence: wording.negativeTotal }]
  return total > maxTotal ? [{ path: 'lines', sentence: wording.totalTooLarge }] : []
}

function checkLength({ logo: _, seal: __, ...text }: Invoice): Problem[] {
  return charactersIn(text) > maxCharacters ? [{ path: 'lines', sentence: wording.tooLong }] : []
}

/** A name before the host, as in `https://bank.example@evil.example`, only serves to deceive. */
function checkPaymentUrl({ paymentUrl }: Invoice): Problem[] {
  if (paymentUrl === undefined) return []
  const url = URL.parse(paymentUrl)
  const isPlain = url && url.username === '' && url.password === ''
  return isPlain ? [] : [{ path: 'paymentUrl', sentence: wording.noAddress }]
}

function checkPictures(invoice: Invoice): Problem[] {
  return (['logo', 'seal'] as const).flatMap(path => {
    const sentence = invoice[path] && faultOf(invoice[path])
    return sentence ? [{ path, sentence }] : []
  })
}

function charactersIn(value: unknown): number {
  if (typeof value === 'string') return [...value].length
  if (typeof value !== 'object' || value === null) return 0
  return Object.values(value).reduce((count, part) => count + charactersIn(part), 0)
}

/** Whether the calendar has the day: 2026-02-31 would silently become March. */
function isDate(text: string) {
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}

/**
 * Whether the first of 13 digits is the check digit of the others, as in every corporate number:
 * 9 - (Σ Pn × Qn mod 9), n from the right, Qn 1 for odd and 2 for even n (法人番号の指定等に関する省令 第2条).
 */
function isCorporateNumber(digits: string) {
  const [checkDigit, ...others] = [...digits].map(Number)
  const sum = others.reverse().reduce((sum, digit, index) => sum + digit * (1 + (index % 2)), 0)
  return checkDigit === 9 - (sum % 9)
}

const wording = {
  noSuchDay: {
    ja: 'この日付は存在しません。正しい日付を入力してください。',
    en: 'There is no such day in the calendar: enter a real date.'
  },
  noSuchYear: {
    ja: `${years.first}年から${years.last}年までの日付を入力してください。`,
    en: `Enter a date in a year from ${years.first} to ${years.last}.`
  },
  dueTooEarly: {
    ja: 'お支払期限は発行日以降の日付にしてください。',
    en: 'Choose a due date that is not before the issue date.'
  },
  tooManyDecimals: {
    ja: '数量は小数第3位までで入力してください。',
    en: 'Enter a quantity with at most 3 decimals.'
  },
  negativeTotal: {
    ja: '合計金額がマイナスです。値引きや返品の金額を見直してください。',
    en: 'The total is negative: reduce the discounts or returns.'
  },
  totalTooLarge: {
    ja: `合計金額は${grouped(maxTotal)}円以内にしてください。`,
    en: `Keep the total within ¥${grouped(maxTotal)}.`
  },
  tooLong: {
    ja: `文字数が多すぎます。全項目の合計を${maxCharacters.toLocaleString('en')}文字以内にしてください。`,
    en: `There is too much text: use at most ${maxCharacters.toLocaleString('en')} characters in all fields together.`
  },
  noAddress: {
    ja: 'このURLは使えません。お支払いページのURLをそのまま貼り付けてください。',
    en: 'This address can’t be used: paste that of the payment page as it is.'
  },
  checkDigit: {
    ja: '登録番号の先頭の数字（検査用数字）が法人番号の計算と一致しません。個人事業者の番号でなければ、お確かめください。',
    en: 'The check digit of the registration number is not that of a corporate number. Unless it belongs to a sole proprietor, please check it.'
  }
} satisfies Record<string, Sentence>
