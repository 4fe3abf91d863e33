import type { Image } from '../pdf/image/image.ts'
import { addElement } from '../pdf/structure.ts'
import { balancedLines } from '../pdf/text/phrase.ts'
import type { Figure } from './block.ts'
import type { Frame } from './frame.ts'
import { addLines } from './paragraph.ts'
import { setProse } from './prose.ts'
import { area, baseline, colours, small, type Type } from './style.ts'

const white = 13
const captionType: Type = { ...small, size: 8.5, leading: 13, colour: colours.soft }
/** Points of a pixel on a screen of 96 dpi; and how much of a page one picture may fill. */
const pixel = 0.75
const highest = (area.bottom - area.top) * 0.6

/** A picture in the middle, with its caption below; nothing is ever fetched for one. */
export function layFigure(frame: Frame, figure: Figure) {
  const { galley, element, desk } = frame
  const picture = desk.album.find(figure)
  const owner = addElement(element, 'Figure', { alt: figure.alt || figure.caption || '—' })
  galley.space(white)
  if (picture) {
    const { width, height } = sizeIn(frame, picture.image)
    const keeps = figure.caption !== ''
    galley.add({
      height,
      keeps,
      draw(page, top) {
        page.tag(owner)
        const x = frame.left + (frame.width - width) / 2
        page.image(picture.name, { x, y: top, width, height })
      }
    })
    galley.space(6)
  } else addPlaceholder(frame, figure.alt || figure.caption || '—', owner)
  if (figure.caption) addCaption(frame, figure.caption)
  galley.space(white)
}

function sizeIn({ width: room }: Frame, { width, height }: Image) {
  const scale = Math.min(pixel, room / width, highest / height)
  return { width: width * scale, height: height * scale }
}

function addCaption(frame: Frame, caption: string) {
  const owner = addElement(frame.element, 'P')
  const prose = setProse([{ text: caption, look: 0 }], captionType)
  const lines = balancedLines(prose.setting, frame.width - 40)
  addLines(frame, prose, lines, owner, { type: captionType, align: 'center' })
}

const padding = 14

/** A frame with what the picture shows, for one that can't be taken in. */
function addPlaceholder(frame: Frame, text: string, owner: Frame['element']) {
  const { galley, left, width } = frame
  const prose = setProse([{ text, look: 0 }], captionType)
  const lines = balancedLines(prose.setting, width - 2 * padding).slice(0, 6)
  const height = lines.length * captionType.leading + 2 * padding
  galley.add({
    height,
    draw(page, top) {
      page.rect({ x: left, y: top, width, height }, colours.shade)
      page.tag(owner)
      for (const [index, line] of lines.entries()) {
        const y = baseline(top + padding + index * captionType.leading, captionType)
        page.put(line, { x: left + width / 2, y, align: 'center' })
      }
    }
  })
  galley.space(6)
}
