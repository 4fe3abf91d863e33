import type { Language, Sentence } from '../../language.ts'
import type { Problem } from '../../queue/kind.ts'
import { totalsOf } from './amounts.ts'
import type { Invoice } from './schema.ts'

const largestTotal = 9_999_999_999_999

const noSuchDay: Sentence = { ja: 'この日付は存在しません。', en: 'There is no such day.' }
const tooFine: Sentence = {
  ja: '数量は小数点以下3桁までです。',
  en: 'Use at most 3 decimals for a quantity.'
}
const tooEarly: Sentence = {
  ja: 'お支払期限は発行日以降の日付にしてください。',
  en: 'The due date must not be before the issue date.'
}
const badTotal: Sentence = {
  ja: '合計金額は0円以上、10兆円未満にしてください。',
  en: 'The total must be at least ¥0 and less than ¥10,000,000,000,000.'
}

/** The rules for an invoice that its schema can't say. */
export function checkInvoice(invoice: Invoice): Problem[] {
  return [...checkDates(invoice), ...checkQuantities(invoice), ...checkTotal(invoice)]
}

function checkDates(invoice: Invoice): Problem[] {
  const { issuedOn, dueOn } = invoice
  const dates = (['issuedOn', 'transactionOn', 'dueOn'] as const).map(path => [path, invoice[path]])
  const unreal = dates.filter(([, date]) => date !== undefined && !isDay(date))
  if (unreal.length > 0)
    return unreal.map(([path]) => ({ path: String(path), sentence: noSuchDay }))
  return dueOn && dueOn < issuedOn ? [{ path: 'dueOn', sentence: tooEarly }] : []
}

/** The calendar as it is in Japan: Date moves 31 February to March, so the text would differ. */
function isDay(date: string) {
  const time = new Date(`${date}T00:00:00Z`)
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(date)
}

function checkQuantities({ lines }: Invoice): Problem[] {
  return lines.flatMap(({ quantity }, index) => {
    const thousandths = quantity * 1000
    const isFine = Math.abs(thousandths - Math.round(thousandths)) < 1e-6
    return isFine ? [] : [{ path: `lines.${index}.quantity`, sentence: tooFine }]
  })
}

function checkTotal(invoice: Invoice): Problem[] {
  const { total } = totalsOf(invoice)
  return total >= 0 && total <= largestTotal ? [] : [{ path: 'lines', sentence: badTotal }]
}

/** What the issuer should look at again, though it may be right. */
export function doubts({ issuer }: Invoice, language: Language): string[] {
  if (hasCheckDigit(issuer.registrationNumber.slice(1))) return []
  const sentence = {
    ja: '登録番号の検査数字が法人番号の規則と合いません。番号をご確認ください（個人事業主の番号では問題ありません）。',
    en: 'The registration number does not have the check digit of a corporate number; please check it (for a sole proprietor this is no error).'
  }
  return [sentence[language]]
}

/** 法人番号の指定等に関する省令 第2条: 9 minus (Σ Pn × Qn mod 9), Qn 1 for odd n and 2 for even n from the right. */
function hasCheckDigit(digits: string) {
  const [check, ...base] = [...digits].map(Number)
  const weighted = base.reverse().reduce((sum, digit, n) => sum + digit * (n % 2 === 0 ? 1 : 2), 0)
  return check === 9 - (weighted % 9)
}
