import type { Sentence } from '../language.ts'

/** What a report may have; the first three are far beyond what anybody reads. */
export const most = {
  pages: 5000,
  cells: 100_000,
  characters: 5_000_000,
  columns: 24,
  nesting: 32,
  /** Of all pictures together: those that must be decoded take a second for twenty million. */
  pixels: 100_000_000
}

const number = (value: number) => value.toLocaleString('en')

export const tooMany = {
  pages: {
    ja: `ページ数が${number(most.pages)}を超えました。文書を分けてください。`,
    en: `The report has more than ${number(most.pages)} pages: divide it into several.`
  },
  cells: {
    ja: `表のセルが合計${number(most.cells)}個を超えています。表を減らしてください。`,
    en: `The tables have more than ${number(most.cells)} cells together: shorten them.`
  },
  characters: {
    ja: `本文が${number(most.characters)}文字を超えています。文書を分けてください。`,
    en: `The text has more than ${number(most.characters)} characters: divide it into several reports.`
  },
  columns: {
    ja: `${most.columns}列を超える表は紙に収まりません。列を減らしてください。`,
    en: `A table of more than ${most.columns} columns does not fit on paper: use fewer.`
  },
  pixels: {
    ja: `画像が合計${number(most.pixels / 1e6)}メガピクセルを超えています。縮小するか減らしてください。`,
    en: `The pictures have more than ${number(most.pixels / 1e6)} megapixels together: scale them down, or use fewer.`
  },
  nesting: {
    ja: '引用や箇条書きの入れ子が深すぎます。浅くしてください。',
    en: 'Quotes or lists are nested too deeply: use fewer levels.'
  }
} satisfies Record<keyof typeof most, Sentence>

/** Ends the drawing for a reason that the person can do something about, in both languages. */
export function refuse(reason: Sentence): never {
  throw new Error(reason.en, { cause: { reason } })
}

/** The reason, if a drawing was refused; it has come from another thread. */
export function reasonOf(error: unknown): Sentence | undefined {
  const cause = error instanceof Error ? error.cause : undefined
  return typeof cause === 'object' && cause !== null && 'reason' in cause
    ? (cause.reason as Sentence)
    : undefined
}
