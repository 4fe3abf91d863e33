import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type PDFArray,
  PDFContext,
  PDFDict,
  PDFHexString,
  PDFName,
  PDFNumber,
  PDFRef
} from 'pdf-lib'
import { type Bookmark, buildOutline } from './outline.ts'

type Tree = { title: string; kids: Tree[] }

/** Reads an outline by its links, and checks that they agree in all directions. */
function read(bookmarks: Bookmark[]) {
  const context = PDFContext.create()
  const root = buildOutline(context, bookmarks, (page, y) => [page, 'XYZ', null, y, null])
  const at = (dictionary: PDFDict, key: string) =>
    dictionary.get(PDFName.of(key)) as PDFRef | undefined
  const countOf = (dictionary: PDFDict) =>
    dictionary.lookupMaybe(PDFName.of('Count'), PDFNumber)?.asNumber()

  function kidsOf(ref: PDFRef): Tree[] {
    const parent = context.lookup(ref, PDFDict)
    const kids: Tree[] = []
    let before: PDFRef | undefined
    for (let next = at(parent, 'First'); next instanceof PDFRef; ) {
      const item = context.lookup(next, PDFDict)
      assert.equal(at(item, 'Parent'), ref)
      assert.equal(at(item, 'Prev'), before)
      const below = kidsOf(next)
      assert.equal(countOf(item), below.length ? -below.length : undefined)
      kids.push({ title: item.lookup(PDFName.of('Title'), PDFHexString).decodeText(), kids: below })
      before = next
      next = at(item, 'Next') as PDFRef
    }
    assert.equal(at(parent, 'Last'), before)
    return kids
  }

  const dictionary = context.lookup(root, PDFDict)
  return { tree: kidsOf(root), count: countOf(dictionary), context, root }
}

const bookmark = (title: string, level: number, page = 0, y = 0) => ({ title, level, page, y })
const leaf = (title: string) => ({ title, kids: [] })

test('bookmarks nest by their level', () => {
  const { tree, count } = read([
    bookmark('一', 1),
    bookmark('一の一', 2),
    bookmark('一の一の一', 3),
    bookmark('一の二', 2),
    bookmark('二', 1)
  ])
  const first = { title: '一の一', kids: [leaf('一の一の一')] }
  assert.deepEqual(tree, [{ title: '一', kids: [first, leaf('一の二')] }, leaf('二')])
  assert.equal(count, 2)
})

test('a level that is left out, or a deep beginning, does no harm', () => {
  assert.deepEqual(
    read([bookmark('a', 3), bookmark('b', 1), bookmark('c', 5), bookmark('d', 4)]).tree,
    [leaf('a'), { title: 'b', kids: [leaf('c'), leaf('d')] }]
  )
})

test('a bookmark leads to its place on its page', () => {
  const { context, root } = read([bookmark('a', 1, 3, 120)])
  const first = context.lookup(root, PDFDict).lookup(PDFName.of('First'), PDFDict)
  const destination = first.lookup(PDFName.of('Dest')) as PDFArray
  assert.equal(String(destination), '[ 3 /XYZ null 120 null ]')
})

test('ten thousand bookmarks are one beside the other', () => {
  const { tree } = read(Array.from({ length: 10_000 }, (_, row) => bookmark(String(row), 1)))
  assert.deepEqual(
    tree.map(({ title }) => Number(title)),
    [...tree.keys()]
  )
})
