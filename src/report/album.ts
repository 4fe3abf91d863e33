import type { Document } from '../pdf/document.ts'
import { BadImage } from '../pdf/image/bad-image.ts'
import { type Image, openImage } from '../pdf/image/image.ts'
import { cleanText } from '../text.ts'
import type { Figure } from './block.ts'
import type { Picture as Named } from './inline.ts'
import { most, refuse, tooMany } from './limit.ts'

/** A picture that was sent with the text, which names it by its file. */
export type PictureFile = { name: string; bytes: Uint8Array }

/** A picture that the document has under a name, or why it has not; nothing if there is no such picture. */
type Picture = { name: string; image: Image } | BadImage | undefined

export type Album = ReturnType<typeof openAlbum>

/** What a name means to people: folders before it, and capitals, make no difference. */
export function nameOf(path: string): string {
  return cleanText(path.split(/[\\/]/).at(-1) ?? '').toLowerCase()
}

/** The pictures of a report: the files that were sent, and those within the text as data URLs. */
export function openAlbum(document: Document, files: PictureFile[]) {
  const named = new Map(files.map(file => [nameOf(file.name), file]))
  const unused = new Set(files)
  const opened = new Map<PictureFile | string, Picture>()
  const told: string[] = []
  const absent: string[] = []
  const bad: { name: string; error: BadImage }[] = []
  let pixels = 0

  function pictureAt(source: string): Picture {
    const file = use(source)
    const key = file ?? source
    if (!opened.has(key)) opened.set(key, open(file?.bytes ?? embedded(source)))
    return opened.get(key)
  }

  /** The file that the text names, if there is one; from now on it is not unused. */
  function use(source: string) {
    if (isAddress(source)) return undefined
    // The name of a file may itself look encoded.
    const file = named.get(nameOf(source)) ?? named.get(nameOf(decoded(source)))
    if (file) unused.delete(file)
    return file
  }

  function open(bytes: Uint8Array | undefined): Picture {
    if (!bytes) return undefined
    try {
      const image = openImage(bytes)
      pixels += image.width * image.height
      if (pixels > most.pixels) refuse(tooMany.pixels)
      return { name: document.image(image), image }
    } catch (error) {
      if (error instanceof BadImage) return error
      throw error
    }
  }

  return {
    /**
     * Names of pictures that stand where none has room, of those that are nowhere, of those that can't be shown; and
     * the files that nothing names.
     */
    told: told as readonly string[],
    absent: absent as readonly string[],
    bad: bad as readonly { name: string; error: BadImage }[],
    unused: unused as ReadonlySet<PictureFile>,
    /** A picture for which words stand, because it is in a heading or a table. */
    tell({ source, alt, title }: Named) {
      use(source)
      told.push(shownName({ source, alt, caption: title }))
    },
    /** The picture to show; of one that can't be, it keeps what is wrong. */
    find(figure: Figure) {
      const picture = pictureAt(figure.source)
      if (picture && 'image' in picture) return picture
      if (picture) bad.push({ name: shownName(figure), error: picture })
      else absent.push(shownName(figure))
      return undefined
    }
  }
}

const data = /^data:image\/(?:png|jpeg);base64,([A-Za-z0-9+/]+={0,2})$/

function embedded(source: string) {
  const [, base64] = data.exec(source) ?? []
  return base64 === undefined ? undefined : Buffer.from(base64, 'base64')
}

/** Whether it leads to the web, or holds the picture itself; the letter of a drive does neither. */
function isAddress(source: string) {
  return /^(?:[a-z][a-z\d+.-]+:|\/\/)/i.test(source)
}

/** Markdown has percent signs for what is not ASCII, and for spaces. */
function decoded(source: string) {
  try {
    return decodeURIComponent(source)
  } catch {
    return source
  }
}

/** What the person knows a picture by. */
function shownName({ source, alt, caption }: Omit<Figure, 'kind'>) {
  const name =
    (source.startsWith('data:') ? alt || caption : cleanText(decoded(source)) || alt) || '—'
  return name.length > 80 ? `${name.slice(0, 80).toWellFormed()}…` : name
}
