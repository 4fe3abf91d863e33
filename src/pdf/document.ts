import { assemble } from './assemble.ts'
import type { Image } from './image/image.ts'
import type { About } from './metadata.ts'
import { openPage, type Page, type Tagging, type Target } from './page.ts'
import { addElement, type Element } from './structure.ts'
import { type Style, setText, widthOf } from './text/setting.ts'
import type { Use } from './use.ts'

export type Document = ReturnType<typeof openDocument>

type Entry = { title: string; level: number; target: Target }

/**
 * Opens a document of A4 pages. All lengths are in points, from the top left corner of the page. Pages
 * can be drawn on in any order until `save`. Where nothing is tagged, the file has no structure.
 */
export function openDocument(about: About) {
  const pages: Page[] = []
  const missing = new Set<string>()
  const entries: Entry[] = []
  const images = new Map<Image, string>()
  const top: Element = { role: 'Document', kids: [] }

  function paint(tagging: Tagging, level: number, use: Use = []) {
    const painted = pages.map((page, number) => page.paint(use, number, tagging, level))
    const numbers = new Map(pages.map((page, number) => [page, number]))
    const resolve = ({ page, y }: Target) => ({ page: numbers.get(page) as number, y })
    const links = pages.map(page =>
      page.links.map(({ box, to }) => ({ box, to: typeof to === 'string' ? to : resolve(to) }))
    )
    const bookmarks = entries.map(({ title, level, target }) => ({
      title,
      level,
      ...resolve(target)
    }))
    return { pages: painted, use, links, bookmarks }
  }

  function save(): Uint8Array {
    const isTagged = top.kids.length > 0
    const structure = isTagged ? { structure: top } : {}
    return assemble({
      about,
      ...paint(isTagged ? 'fine' : 'none', 4),
      ...structure,
      ...embedAll([...images.keys()])
    })
  }

  return {
    /** The characters that no font has; 〓 is drawn for them. */
    missing: missing as ReadonlySet<string>,
    /** What the document is made of, for those who have it read to them. */
    top,
    addElement,
    measure,
    /** A new page, the last one or that with the number `at`, from 0. */
    page(at = pages.length): Page {
      const page = openPage(missing)
      pages.splice(at, 0, page)
      return page
    },
    /** A bookmark in the outline; `level` 1 is the highest. */
    bookmark: (title: string, level: number, target: Target) =>
      void entries.push({ title, level, target }),
    /** Makes a picture known to the pages under the name that it gives. */
    image(image: Image): string {
      const name = images.get(image) ?? nameOfImage(images.size)
      images.set(image, name)
      return name
    },
    /** How many pictures it has. */
    imageCount: () => images.size,
    /** The pages, and what they use, which may be that of others, too: for parts of a whole. */
    paint,
    save
  }
}

function nameOfImage(index: number) {
  return `I${index}`
}

/** Pictures in the order in which a document, or each part of one, came to know them. */
export function embedAll(images: Image[]) {
  return {
    images: new Map(images.map(({ embed }, index) => [nameOfImage(index), embed] as const)),
    isArchival: images.every(image => image.isArchival)
  }
}

/** Width in points. It adds up: that of `ab` is that of `a` and that of `b`. */
function measure(text: string, style: Style): number {
  return widthOf(setText(text, style))
}
