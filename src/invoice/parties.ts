import type { Image } from '../pdf/image/image.ts'
import type { Box } from '../pdf/paint.ts'
import { lineOf, linesOf, type TextLine } from '../pdf/text/line.ts'
import { balancedLines } from '../pdf/text/phrase.ts'
import { setText } from '../pdf/text/setting.ts'
import { column, drawFacts } from './fact.ts'
import { openPicture } from './picture.ts'
import type { Invoice } from './schema.ts'
import { area, body, colours, type Sheet, small, type Type } from './sheet.ts'

/** Width of the left column, in points. */
const width = 264

/** An address of more lines is set as running text, so that the header stays on the first page. */
const maxAddressLines = 8

/** The most that pictures take, in points: a seal of 21 mm is what most companies have. */
const logoSize = { width: 150, height: 36 }
const sealSize = { width: 58, height: 58 }
const afterLogo = 8
/** What is left of the column for the name, over whose end the seal lies. */
const besideSeal = column.width - sealSize.width * 0.7
/** White before the seal; but where it follows a short name, other lines may go on over it. */
const beforeSeal = 4
const leastWidth = 80

const addressee = { size: 14, leading: 20, weight: 'bold', colour: colours.ink } satisfies Type
const issuerName = { size: 10.5, leading: 16, weight: 'bold', colour: colours.ink } satisfies Type

export function drawRecipient(sheet: Sheet, recipient: Invoice['recipient'], top: number) {
  const { name, honorific } = recipient
  const afterRole = drawRole(sheet, 'Bill to', { x: area.left, top })
  const afterAddress = drawAddress(sheet, recipient, { x: area.left, top: afterRole, width })
  const names = addressed(name, honorific)
  sheet.begin('P')
  const end = sheet.stack(names, { x: area.left, top: afterAddress + 5 }, addressee) + 4
  sheet.rule(end, colours.ink, { to: area.left + width })
  return end
}

export function drawIssuer(sheet: Sheet, invoice: Invoice, top: number) {
  const { issuer, logo, seal } = invoice
  const { name, phone, registrationNumber } = issuer
  const afterLogo = logo ? drawLogo(sheet, openPicture(logo), name, top) : top
  const afterRole = drawRole(sheet, 'From', { x: column.left, top: afterLogo })
  const names = balancedLines(setText(name, issuerName), seal ? besideSeal : column.width)
  const stamp = seal && drawSeal(sheet, openPicture(seal), { name, names, top: afterRole })
  const width = stamp ? Math.max(stamp.x - beforeSeal - column.left, leastWidth) : column.width
  sheet.begin('P')
  const afterName = sheet.stack(names, { x: column.left, top: afterRole }, issuerName) + 3
  const place = { x: column.left, top: afterName, width }
  const afterAddress = drawAddress(sheet, issuer, place)
  const called = phone ? `TEL ${phone}` : ''
  const afterPhone = drawParagraph(sheet, called, { ...place, top: afterAddress })
  const label = sheet.t('登録番号', 'Reg. no.')
  // An invoice without a legible number is none: the seal must not lie over it.
  const below = Math.max(afterPhone, stamp ? stamp.y + stamp.height : 0) + 3
  return drawFacts(sheet, [[label, registrationNumber]], below)
}

function drawLogo(sheet: Sheet, logo: Image, name: string, top: number) {
  const { width, height } = fit(logo, logoSize)
  sheet.begin('Figure', { alt: sheet.t(`${name}のロゴ`, `Logo of ${name}`) })
  sheet.picture(logo, { x: column.left, y: top, width, height })
  return top + height + afterLogo
}

/**
 * The seal begins on the last character of the name, as people stamp it, or ends with the column. The name
 * is printed over it, so that it can be read whatever the picture.
 */
function drawSeal(sheet: Sheet, seal: Image, { name, names, top }: Named): Box {
  const { width, height } = fit(seal, sealSize)
  const end = column.left + Math.max(...names.map(line => line.width))
  const x = Math.min(end - issuerName.size * 0.6, area.right - width)
  const box = { x, y: top - 5, width, height }
  sheet.begin('Figure', { alt: sheet.t(`${name}の印影`, `Seal of ${name}`) })
  sheet.picture(seal, box)
  return box
}

type Named = { name: string; names: TextLine[]; top: number }
type Size = { width: number; height: number }

/** As large as possible within `most`, in its own proportions. */
function fit({ width, height }: Size, most: Size): Size {
  const scale = Math.min(most.width / width, most.height / height)
  return { width: width * scale, height: height * scale }
}

/** In Japanese the place of a party and its honorific say which one it is. */
function drawRole(sheet: Sheet, role: string, place: { x: number; top: number }) {
  if (sheet.language === 'ja') return place.top
  sheet.begin('P')
  return sheet.stack([lineOf(role, small)], place, small)
}

/** The honorific follows the name, or stands below it; it is never torn apart. */
function addressed(name: string, honorific: string): TextLine[] {
  const alone = balancedLines(setText(name, addressee), width)
  const together = balancedLines(setText(`${name} ${honorific}`, addressee), width)
  return together.length === alone.length ? together : [...alone, lineOf(honorific, addressee)]
}

function drawAddress(sheet: Sheet, { postalCode, address = '' }: Party, place: Strip) {
  const isLong = linesOf(address, body, place.width).length > maxAddressLines
  // People type it with the hyphen and without.
  const code = postalCode ? `〒${postalCode.replace(/^(\d{3})-?/, '$1-')}` : ''
  const top = drawParagraph(sheet, code, place)
  return drawParagraph(sheet, isLong ? address.replaceAll('\n', ' ') : address, { ...place, top })
}
type Party = { postalCode?: string; address?: string }
type Strip = { x: number; top: number; width: number }

/** Nothing for no text. */
function drawParagraph(sheet: Sheet, text: string, { x, top, width }: Strip) {
  if (text === '') return top
  sheet.begin('P')
  return sheet.stack(linesOf(text, body, width), { x, top }, body)
}
