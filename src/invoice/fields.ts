import type { fieldsOf } from '../form.ts'
import { type Html, html } from '../html.ts'
import { type Language, speak } from '../language.ts'
import type { Fields, FileRule, FormView } from '../queue/kind.ts'
import { narrowText } from '../text.ts'
import { faultIn, mostBytes } from './picture.ts'

type Input = ReturnType<typeof fieldsOf>

export function honorifics(language: Language): [string, string][] {
  const t = speak(language)
  return [
    ['御中', t('御中（会社・団体）', '御中 (company)')],
    ['様', t('様（個人）', '様 (person)')]
  ]
}

export function taxRates(language: Language): [string, string][] {
  const t = speak(language)
  return [
    ['10', '10%'],
    ['8', t('8%（軽減）', '8% (reduced)')],
    ['0', t('0%（対象外）', '0% (exempt)')]
  ]
}

const picture: FileRule = { most: mostBytes, accept: 'image/png,image/jpeg', check: faultIn }

/** What a form with `pictureFields` takes. */
export const pictureFiles = { logo: picture, seal: picture }

/** Who asks for the money; the same in every form that makes invoices. */
export function issuerFields(view: FormView, input: Input): Html {
  const hint = speak(view.language)('「T」と13桁の数字', '“T” and 13 digits')
  const number = { hint, span: 4, placeholder: 'T9234567890123' }
  return html`${input(view, 'issuer.name', { span: 8, autocomplete: 'organization' })}
${input(view, 'issuer.registrationNumber', number)}
${input(view, 'issuer.postalCode', { optional: true, span: 4, autocomplete: 'postal-code' })}
${input(view, 'issuer.address', { rows: 2, span: 8, autocomplete: 'street-address' })}
${input(view, 'issuer.phone', { type: 'tel', optional: true, span: 4, autocomplete: 'tel' })}`
}

/** Logo and seal. */
export function pictureFields(view: FormView, input: Input): Html {
  const t = speak(view.language)
  const form = t('PNGかJPEG、2 MBまで。', 'PNG or JPEG, up to 2 MB.')
  const over = t('社名に重ねて印刷します。', 'Printed over the name.')
  const about = { file: picture, optional: true }
  return html`${input(view, 'logo', { ...about, hint: form })}
${input(view, 'seal', { ...about, hint: `${form}${t('', ' ')}${over}` })}`
}

/** How fractions are rounded, where to pay, and the note. */
export function closingFields(view: FormView, input: Input): Html {
  const t = speak(view.language)
  const roundings: [string, string][] = [
    ['floor', t('切り捨て', 'Round down')],
    ['round', t('四捨五入', 'Round half up')],
    ['ceil', t('切り上げ', 'Round up')]
  ]
  return html`${input(view, 'rounding', { options: roundings, span: 4 })}
${input(view, 'bank', { optional: true, rows: 2 })}
${input(view, 'paymentUrl', { optional: true, placeholder: 'https://', hint: t('QRコードにして印刷します。', 'Printed as a QR code, too.') })}
${input(view, 'note', { optional: true, rows: 3 })}`
}

/** The number as it is often copied, `t9-2345-6789-0123`, is understood. */
export function registered({ registrationNumber = '', ...issuer }: Fields): Fields {
  const digits = narrowText(registrationNumber).toUpperCase().replace(/[\s-]/g, '')
  return { ...issuer, registrationNumber: digits }
}
