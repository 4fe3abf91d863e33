import { type About, assemble } from './assemble.ts'
import { openPage, type Page } from './page.ts'
import { type Style, setText, widthOf } from './text/setting.ts'
import { openUse } from './use.ts'

export type Document = ReturnType<typeof openDocument>

/**
 * Opens a document of A4 pages. All lengths are in points, from the top left corner of the page. Pages
 * can be drawn on in any order until `save`.
 */
export function openDocument(about: About) {
  const pages: Page[] = []
  const missing = new Set<string>()
  return {
    /** The characters that no font has; 〓 is drawn for them. */
    missing: missing as ReadonlySet<string>,
    measure,
    page() {
      const page = openPage(missing)
      pages.push(page)
      return page
    },
    save(): Uint8Array {
      const use = openUse()
      const painted = pages.map(page => page.paint(use, 4))
      return assemble(about, painted, use)
    }
  }
}

/** Width in points. It adds up: that of `ab` is that of `a` and that of `b`. */
function measure(text: string, style: Style): number {
  return widthOf(setText(text, style))
}
