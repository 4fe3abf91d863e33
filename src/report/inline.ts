import type { Token } from 'markdown-it'
import type { Block } from './block.ts'

/** How a piece looks; the flags add up. */
export const [strong, emphasized, code, struck] = [1, 2, 4, 8]

/** Text of one look; `note` is the footnote whose mark it is. */
export type Piece = { text: string; look: number; link?: string; note?: Note }
export type Picture = { source: string; alt: string; title: string }
export type Inline = (Piece | Picture)[]

export type Note = { number: number; blocks: Block[] }

/** Gives the note of a label. */
export type Refer = (label: string) => Note

const looks: Record<string, number> = { strong, em: emphasized, s: struck }

/** What may be followed; anything else (a path, another scheme) is text. */
const followed = /^(?:https?:\/\/|mailto:)/i

/** The text inside a block, piece by piece. */
export function readInline(tokens: Token[], refer: Refer): Inline {
  const inline: Inline = []
  let look = 0
  let link: string | undefined
  let isBroken = false

  function add(text: string, more = 0) {
    const glue = isBroken ? glueBetween(lastOf(inline), text) : ''
    isBroken = false
    const previous = inline.at(-1)
    const isSame = previous && 'look' in previous && previous.look === (look | more)
    if (isSame && previous.link === link && !previous.note) previous.text += glue + text
    else inline.push({ text: glue + text, look: look | more, ...(link ? { link } : {}) })
  }

  for (const token of tokens) {
    const flag = looks[token.tag] ?? 0
    if (token.nesting === 1) look |= flag
    if (token.nesting === -1) look &= ~flag
    if (token.type === 'text' && token.content !== '') add(token.content)
    else if (token.type === 'code_inline') add(token.content, code)
    else if (token.type === 'softbreak') isBroken = true
    else if (token.type === 'hardbreak') add('\n')
    else if (token.type === 'link_open') link = followable(token)
    else if (token.type === 'link_close') link = undefined
    else if (token.type === 'image') inline.push(pictureOf(token))
    else if (token.type === 'footnote_ref') {
      const note = refer((token.meta as { label: string }).label)
      inline.push({ text: `${note.number})`, look: 0, note })
    }
  }
  return inline
}

function followable(token: Token) {
  const address = attribute(token, 'href')
  return followed.test(address) ? address : undefined
}

function pictureOf(token: Token): Picture {
  const alt = (token.children ?? []).map(({ content }) => content).join('')
  return { source: attribute(token, 'src'), alt, title: attribute(token, 'title') }
}

export function attribute({ attrs }: Token, name: string) {
  return String(attrs?.find(([key]) => key === name)?.[1] ?? '')
}

const firstWide = 0x2e80

/** Lines of the source are joined by a space, but not where Japanese begins or ends one. */
function glueBetween(before: string, after: string) {
  const last = before.codePointAt(before.length - 1) ?? 0x20
  const next = after.codePointAt(0) ?? 0x20
  return last >= firstWide || next >= firstWide || last === 10 ? '' : ' '
}

function lastOf(inline: Inline) {
  const last = inline.at(-1)
  return last && 'text' in last ? last.text : ''
}

/** The words alone, without the marks of notes. */
export function plainText(pieces: Piece[]): string {
  return pieces.map(({ text, note }) => (note ? '' : text)).join('')
}
