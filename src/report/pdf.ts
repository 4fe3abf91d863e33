import type { Language } from '../language.ts'
import { type Document, openDocument } from '../pdf/document.ts'
import { type Drawing, type Desk as Press, type Progress, renderDocument } from '../pdf/pool.ts'
import { addElement } from '../pdf/structure.ts'
import { unprintable } from '../pdf/unprintable.ts'
import { type Album, openAlbum, type PictureFile } from './album.ts'
import type { Block } from './block.ts'
import { drawContents } from './contents.ts'
import { drawCover } from './cover.ts'
import { openFlow } from './flow.ts'
import type { Desk } from './frame.ts'
import type { Picture } from './inline.ts'
import { layBlock } from './lay.ts'
import { chaptersOf, drawMargins } from './margins.ts'
import { readMarkdown } from './read.ts'
import type { Report } from './schema.ts'
import { area, body } from './style.ts'
import { pictureWarnings } from './warning.ts'

type Wishes = { language: Language; createdAt: Date; pictures?: PictureFile[] }
type Input = Wishes & { report: Report }

/** Makes the report as PDF, in a thread. The same report, language and time give the same bytes. */
export function renderReport(
  report: Report,
  { signal, progress, ...wishes }: Wishes & { signal?: AbortSignal; progress?: Progress }
): Promise<Drawing> {
  const input: Input = { report, ...wishes }
  return renderDocument(new URL(import.meta.url), input, {
    ...(signal ? { signal } : {}),
    ...(progress ? { progress } : {})
  })
}

/** What the thread calls. */
export async function draw(
  { report, language, createdAt, pictures = [] }: Input,
  { progress }: Press
): Promise<Drawing> {
  const author = report.author ?? report.organisation
  const about = { title: report.title, language, createdAt, ...(author ? { author } : {}) }
  const document = openDocument(about)
  const album = openAlbum(document, pictures)
  const pages = drawReport(document, report, language, { album, progress })
  const warnings = pictureWarnings(album, language)
  if (document.missing.size > 0) warnings.push(unprintable(document.missing, language))
  const bytes = document.save()
  return { bytes, pages, warnings }
}

/** The body is drawn first: the contents must know its pages, and stand before it. Gives the number of pages. */
export function drawReport(
  document: Document,
  report: Report,
  language: Language,
  {
    album = openAlbum(document, []),
    progress = () => {}
  }: { album?: Album; progress?: Progress } = {}
): number {
  const told: Picture[] = []
  const blocks = readMarkdown(report.text, told)
  for (const picture of told) album.tell(picture)
  progress(10)
  drawCover(document, report, language)
  const contents = addElement(document.top, 'TOC')
  const desk: Desk = {
    document,
    language,
    topLevel: topLevelOf(blocks),
    body: addElement(document.top, 'Sect'),
    entries: [],
    footnotes: new Map(),
    album
  }
  const pages = drawBody(desk, blocks, progress)
  const count = drawContents(desk, contents, pages)
  if (count === 0) document.top.kids = document.top.kids.filter(kid => kid !== contents)
  drawMargins(pages, count + 2, report.title, chaptersOf(pages, desk.entries))
  return pages.length + count + 1
}

function drawBody(desk: Desk, blocks: Block[], progress: Progress) {
  const flow = openFlow(() => desk.document.page())
  const place = { left: area.left, width: area.width, type: body, white: 8, depth: 0 }
  for (const [index, block] of blocks.entries()) {
    layBlock({ desk, galley: flow, element: desk.body, ...place }, block, blocks[index + 1])
    progress(10 + 10 * Math.floor((6 * index) / blocks.length))
  }
  flow.finish()
  progress(70)
  return [...flow.pages]
}

function topLevelOf(blocks: Block[]) {
  return blocks.reduce(
    (top, block) => (block.kind === 'heading' ? Math.min(top, block.level) : top),
    6
  )
}
