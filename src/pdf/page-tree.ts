import type { PDFContext, PDFRef } from 'pdf-lib'

/** How many children a node has at most. */
const most = 64

type Node = { ref: PDFRef; count: number }

/**
 * A balanced tree above pages (ISO 32000-1, 7.7.3), which readers search from the top. Gives its root, and
 * the parent of each page.
 */
export function buildPageTree(context: PDFContext, pages: PDFRef[]) {
  const parents = new Map<PDFRef, PDFRef>()
  const nodes: (Node & { kids: PDFRef[] })[] = []
  let level: Node[] = pages.map(ref => ({ ref, count: 1 }))
  do level = groupsOf(level).map(group)
  while (level.length > 1)

  function group(few: Node[]) {
    const count = few.reduce((sum, node) => sum + node.count, 0)
    const node = { ref: context.nextRef(), kids: few.map(({ ref }) => ref), count }
    for (const kid of node.kids) parents.set(kid, node.ref)
    nodes.push(node)
    return node
  }

  for (const { ref, kids, count } of nodes) {
    const parent = parents.get(ref)
    const dictionary = {
      Type: 'Pages',
      Kids: kids,
      Count: count,
      ...(parent ? { Parent: parent } : {})
    }
    context.assign(ref, context.obj(dictionary))
  }
  return { root: (level[0] as Node).ref, parents }
}

function groupsOf(nodes: Node[]) {
  const groups: Node[][] = []
  for (let start = 0; start < nodes.length; start += most)
    groups.push(nodes.slice(start, start + most))
  return groups
}
