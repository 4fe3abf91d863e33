import { BadImage } from '../pdf/image/bad-image.ts'
import { type Image, openImage } from '../pdf/image/image.ts'
import { addElement } from '../pdf/structure.ts'
import { balancedLines } from '../pdf/text/phrase.ts'
import type { Figure } from './block.ts'
import type { Desk, Frame } from './frame.ts'
import { most, refuse, tooMany } from './limit.ts'
import { addLines } from './paragraph.ts'
import { setProse } from './prose.ts'
import { area, baseline, colours, small, type Type } from './style.ts'

/** A picture that is known to the document under a name, or why it can't be shown. */
export type Picture = { name: string; image: Image } | BadImage | undefined

const white = 13
const captionType: Type = { ...small, size: 8.5, leading: 13, colour: colours.soft }
/** Points of a pixel on a screen of 96 dpi; and how much of a page one picture may fill. */
const pixel = 0.75
const highest = (area.bottom - area.top) * 0.6
const data = /^data:image\/(?:png|jpeg);base64,([A-Za-z0-9+/]+={0,2})$/

/** A picture in the middle, with its caption below; nothing is ever fetched for one. */
export function layFigure(frame: Frame, figure: Figure) {
  const { galley, element, desk } = frame
  const picture = pictureFor(frame, figure.source)
  const owner = addElement(element, 'Figure', { alt: figure.alt || figure.caption || '—' })
  galley.space(white)
  if (picture && 'image' in picture) {
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
  } else {
    desk.missingPictures += 1
    addPlaceholder(frame, figure.alt || figure.caption || '—', owner)
  }
  if (figure.caption) addCaption(frame, figure.caption)
  galley.space(white)
}

function pictureFor({ desk }: Frame, source: string): Picture {
  if (desk.pictures.has(source)) return desk.pictures.get(source)
  const picture = open(desk, source)
  desk.pictures.set(source, picture)
  return picture
}

function open(desk: Desk, source: string): Picture {
  const [, base64] = data.exec(source) ?? []
  if (base64 === undefined) return undefined
  try {
    const image = openImage(Buffer.from(base64, 'base64'))
    desk.pixels += image.width * image.height
    if (desk.pixels > most.pixels) refuse(tooMany.pixels)
    return { name: desk.document.image(image), image }
  } catch (error) {
    if (error instanceof BadImage) return error
    throw error
  }
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
