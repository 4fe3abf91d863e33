import { qrBoxes } from '../pdf/qr.ts'
import { lineOf, linesOf, type TextLine } from '../pdf/text/line.ts'
import { balancedLines } from '../pdf/text/phrase.ts'
import { setText } from '../pdf/text/setting.ts'
import { area, colours, heading, inset, type Sheet, small, type Type } from './sheet.ts'

/** The side of the code, in points: a telephone reads the longest address from it. */
const codeSize = 68
/** The white that it needs: below the heading, whose line has some of its own, and before the text. */
const codeTop = 3
const codeRight = 14
const left = area.left + inset
const textLeft = left + codeSize + codeRight
const width = 262 - textLeft

const wish = { ...small, colour: colours.ink }
const address = { size: 7.5, leading: 10.5, colour: colours.accent } satisfies Type

/** The page to pay on, to be drawn beside the totals: as a code, and as text to click on. */
export function layPayment({ t }: Pick<Sheet, 't'>, url: string) {
  const text = t(
    'QRコードか次のリンクから、お支払いいただけます。',
    'Scan the code or follow this link:'
  )
  const wishes = balancedLines(setText(text, wish), width)
  const lines = linesOf(url, address, width)
  const textHeight = wishes.length * wish.leading + 3 + lines.length * address.leading
  const height = heading.leading + codeTop + Math.max(codeSize, textHeight)

  function draw(sheet: Sheet, top: number) {
    const title = lineOf(t('オンラインでのお支払い', 'Pay online'), heading)
    sheet.begin('H2')
    const below = sheet.stack([title], { x: left, top }, heading) + codeTop
    sheet.begin('Figure', { alt: t(`${url} のQRコード`, `QR code of ${url}`) })
    sheet.figure(qrBoxes(url, { x: left, y: below, size: codeSize }), '#000000')
    sheet.begin('P')
    const end = sheet.stack(wishes, { x: textLeft, top: below }, wish)
    drawAddress(sheet, url, lines, end + 3)
  }

  return { height, draw }
}

/** The whole address in one link, over as many lines as it takes. */
function drawAddress(sheet: Sheet, url: string, lines: TextLine[], top: number) {
  sheet.begin('Link', { parent: sheet.begin('P') })
  sheet.stack(lines, { x: textLeft, top }, address)
  for (const [index, { width }] of lines.entries()) {
    const y = top + index * address.leading
    sheet.link({ x: textLeft, y, width, height: address.leading }, url)
  }
}
