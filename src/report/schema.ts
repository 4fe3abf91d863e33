import Type, { type Static } from 'typebox'

const named = (ja: string, en: string) => ({ label: { ja, en } })
const line = (maxLength: number, ja: string, en: string) =>
  Type.String({ minLength: 1, maxLength, ...named(ja, en) })

/** A report written in Markdown. */
export const Report = Type.Object(
  {
    title: line(150, 'タイトル', 'Title'),
    subtitle: Type.Optional(line(200, '副題', 'Subtitle')),
    organisation: Type.Optional(line(100, '会社名・部署名', 'Organisation')),
    author: Type.Optional(line(100, '作成者', 'Author')),
    date: Type.Optional(
      Type.String({
        pattern: '^\\d{4}-\\d{2}-\\d{2}$',
        maxLength: 10,
        narrow: true,
        ...named('日付', 'Date'),
        says: {
          ja: '日付を「2026-04-01」の形で入力してください。',
          en: 'Enter a date such as 2026-04-01.'
        }
      })
    ),
    /** Markdown; as many characters of Japanese as an order of 1 MiB holds. */
    text: Type.String({
      minLength: 1,
      maxLength: 300_000,
      multiline: true,
      indented: true,
      ...named('本文（Markdown）', 'Text (Markdown)')
    })
  },
  { additionalProperties: false }
)
export type Report = Static<typeof Report>
