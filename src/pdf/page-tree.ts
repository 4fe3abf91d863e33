import { type PDFContext, PDFRawStream, type PDFRef } from 'pdf-lib'
import type { Painted } from './page.ts'

/** How many children a node has at most. */
const width = 64

/** A balanced tree of pages, which all have the same resources; gives its root and the pages in order. */
export function buildPageTree(context: PDFContext, pages: Painted[], resources: PDFRef) {
  const refs = pages.map(() => context.nextRef())
  const parents = new Map<PDFRef, PDFRef>()
  let level = refs.map(ref => ({ ref, count: 1 }))
  const nodes: { ref: PDFRef; kids: PDFRef[]; count: number }[] = []
  do {
    const above: typeof level = []
    for (let start = 0; start < level.length; start += width) {
      const few = level.slice(start, start + width)
      const node = {
        ref: context.nextRef(),
        kids: few.map(({ ref }) => ref),
        count: few.reduce((sum, { count }) => sum + count, 0)
      }
      for (const kid of node.kids) parents.set(kid, node.ref)
      nodes.push(node)
      above.push(node)
    }
    level = above
  } while (level.length > 1)
  for (const { ref, kids, count } of nodes)
    context.assign(
      ref,
      context.obj({ Type: 'Pages', Kids: kids, Count: count, ...parentOf(parents, ref) })
    )
  for (const [index, { width, height, content }] of pages.entries()) {
    const ref = refs[index] as PDFRef
    const stream = PDFRawStream.of(
      context.obj({ Filter: 'FlateDecode', Length: content.length }),
      content
    )
    context.assign(
      ref,
      context.obj({
        Type: 'Page',
        MediaBox: [0, 0, width, height],
        Resources: resources,
        Contents: context.register(stream),
        ...parentOf(parents, ref)
      })
    )
  }
  return { root: (level[0] as { ref: PDFRef }).ref, pages: refs }
}

function parentOf(parents: Map<PDFRef, PDFRef>, ref: PDFRef) {
  const parent = parents.get(ref)
  return parent ? { Parent: parent } : {}
}
