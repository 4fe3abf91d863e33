import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PDFArray, PDFContext, PDFDict, PDFName, PDFNumber, type PDFRef } from 'pdf-lib'
import { buildPageTree } from './page-tree.ts'

function treeOf(count: number) {
  const context = PDFContext.create()
  const pages = Array.from({ length: count }, () => context.nextRef())
  const { root, parents } = buildPageTree(context, pages)
  const leaves: PDFRef[] = []
  let depth = 0

  function visit(ref: PDFRef, parent: PDFRef | undefined, level: number): number {
    if (pages[0] === undefined || ref.objectNumber <= count) {
      assert.equal(parents.get(ref), parent)
      depth = Math.max(depth, level)
      return leaves.push(ref) && 1
    }
    const node = context.lookup(ref, PDFDict)
    assert.equal(node.get(PDFName.of('Parent')), parent)
    const kids = node.lookup(PDFName.of('Kids'), PDFArray).asArray() as PDFRef[]
    assert.ok(kids.length <= 64)
    const below = kids.reduce((sum, kid) => sum + visit(kid, ref, level + 1), 0)
    assert.equal(node.lookup(PDFName.of('Count'), PDFNumber).asNumber(), below)
    return below
  }

  visit(root, undefined, 0)
  return { leaves, pages, depth }
}

for (const [count, levels] of [
  [1, 1],
  [64, 1],
  [65, 2],
  [4096, 2],
  [10_000, 3]
] as const)
  test(`${count} pages are in their order under ${levels} levels of nodes, each counted`, () => {
    const { leaves, pages, depth } = treeOf(count)
    assert.deepEqual(leaves, pages)
    assert.equal(depth, levels)
  })
