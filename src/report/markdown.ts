import MarkdownIt, { type Token } from 'markdown-it'
import cjkFriendly from 'markdown-it-cjk-friendly'
import footnote from 'markdown-it-footnote'
import { cleanPart } from '../text.ts'
import { most, refuse, tooMany } from './limit.ts'

/** HTML in the text is shown as it is written; nothing is fetched, and nothing is made a link by itself. */
const parser = new MarkdownIt({ html: false, maxNesting: most.nesting })
  .use(cjkFriendly)
  .use(footnote)

// Notes are numbered and placed by us; inline ones (`^[…]`) nest without a limit.
parser.core.ruler.disable('footnote_tail')
parser.inline.ruler.disable('footnote_inline')

// Entities (`&#x202e;`) bring back what the text was cleaned of when it came.
parser.core.ruler.push('clean', ({ tokens }) => cleanAll(tokens))

/** Words are in text, and in the titles of pictures; addresses are encoded. */
function cleanAll(tokens: Token[]) {
  for (const token of tokens) {
    if (token.type === 'text') token.content = cleanPart(token.content)
    const title = token.attrs?.find(([name]) => name === 'title')
    if (title) title[1] = cleanPart(String(title[1]))
    if (token.children) cleanAll(token.children)
  }
}

/** The tokens of a text in Markdown. */
export function parse(markdown: string): Token[] {
  if (markdown.length > most.characters) refuse(tooMany.characters)
  const tokens = parser.parse(markdown, {})
  // The parser leaves out without a word what is nested deeper.
  if (tokens.some(({ level, nesting }) => nesting === 1 && level >= most.nesting - 1))
    refuse(tooMany.nesting)
  return tokens
}
