import { type PDFContext, PDFHexString, type PDFRef } from 'pdf-lib'
import { legible } from './metadata.ts'

/** A bookmark: `level` 1 is the highest, `y` in points from the top of the page. */
export type Bookmark = { title: string; level: number; page: number; y: number }

type Item = { ref: PDFRef; bookmark: Bookmark; kids: Item[] }

/** The outline that readers show beside the pages (ISO 32000-1, 12.3.3). */
export function buildOutline(
  context: PDFContext,
  bookmarks: Bookmark[],
  destination: (page: number, y: number) => object
): PDFRef {
  const root = context.nextRef()
  const items = nest(bookmarks.map(bookmark => ({ ref: context.nextRef(), bookmark, kids: [] })))

  function build(siblings: Item[], parent: PDFRef) {
    for (const [index, { ref, bookmark, kids }] of siblings.entries()) {
      const dictionary = {
        Title: PDFHexString.fromText(legible(bookmark.title)),
        Parent: parent,
        Dest: destination(bookmark.page, bookmark.y),
        Prev: siblings[index - 1]?.ref,
        Next: siblings[index + 1]?.ref,
        First: kids[0]?.ref,
        Last: kids.at(-1)?.ref,
        // Negative: closed, with so many inside.
        ...(kids.length > 0 ? { Count: -kids.length } : {})
      }
      context.assign(
        ref,
        context.obj(dictionary as Parameters<PDFContext['obj']>[0] as object as never)
      )
      build(kids, ref)
    }
  }

  build(items, root)
  const ends = { First: items[0]?.ref, Last: items.at(-1)?.ref, Count: items.length }
  context.assign(root, context.obj({ Type: 'Outlines', ...ends } as never))
  return root
}

/** Each under the last one before it that is of a higher level. */
function nest(flat: Item[]): Item[] {
  const top: Item[] = []
  const open: Item[] = []
  for (const item of flat) {
    while ((open.at(-1)?.bookmark.level ?? 0) >= item.bookmark.level) open.pop()
    const siblings = open.at(-1)?.kids ?? top
    siblings.push(item)
    open.push(item)
  }
  return top
}
