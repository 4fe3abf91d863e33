import type { TestContext } from 'node:test'
import Type from 'typebox'
import { defineJob, type FileRule } from '../src/queue/kind.ts'
import { upload } from '../src/upload.ts'
import { buildWeb } from '../src/web/app.ts'
import { openEngine } from './engine.ts'

const named = (ja: string, en: string) => ({ label: { ja, en } })

const plan: FileRule = {
  most: 1000,
  accept: '.txt',
  check: bytes =>
    bytes.includes(0) ? { ja: '文字ではありません。', en: 'This is no text.' } : undefined
}

const Contact = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 40, ...named('氏名', 'Name') }),
    mail: Type.String({ format: 'email', ...named('連絡先メール', 'Mail') }),
    speaks: Type.Union([Type.Literal('ja'), Type.Literal('en')], named('話す言葉', 'Speaks')),
    address: Type.Optional(
      Type.Object(
        { city: Type.String({ minLength: 1, ...named('市区町村', 'City') }) },
        named('住所', 'Address')
      )
    )
  },
  named('代表者', 'Contact')
)

const Guest = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 60, ...named('氏名', 'Name') }),
  age: Type.Integer({ minimum: 0, maximum: 120, ...named('年齢', 'Age') }),
  meal: Type.Union(
    [Type.Literal('meat', named('肉', 'Meat')), Type.Literal('fish', named('魚', 'Fish'))],
    named('食事', 'Meal')
  ),
  isChild: Type.Boolean(named('子ども', 'Child'))
})

const Extra = Type.Object({
  what: Type.String({ minLength: 1, ...named('品名', 'What') }),
  count: Type.Integer({ minimum: 1, default: 1, ...named('個数', 'Count') })
})

/** A kind whose form is drawn from its schema, which has a field of every sort. */
export const booking = defineJob({
  name: 'booking',
  title: { ja: '予約票', en: 'Booking' },
  summary: { ja: '予約票を作成します。', en: 'Makes a booking.' },
  schema: Type.Object(
    {
      title: Type.String({
        minLength: 1,
        maxLength: 100,
        ...named('件名', 'Title'),
        hint: { ja: '短くお書きください。', en: 'Keep it short.' },
        placeholder: '春の集い'
      }),
      day: Type.String({ format: 'date', ...named('日にち', 'Day') }),
      nights: Type.Number({ minimum: 0.5, maximum: 30, ...named('泊数', 'Nights') }),
      code: Type.Optional(
        Type.String({ maxLength: 10, narrow: true, ...named('会員番号', 'Code') })
      ),
      isQuiet: Type.Boolean(named('静かな部屋を希望する', 'A quiet room, please')),
      plan: Type.Optional(upload({ ja: '予定表', en: 'Plan' }, plan)),
      contact: Type.Optional(Contact),
      guests: Type.Array(Guest, { minItems: 1, maxItems: 3, ...named('お客様', 'Guests') }),
      extras: Type.Optional(Type.Array(Extra, named('追加', 'Extras'))),
      note: Type.Optional(
        Type.String({ maxLength: 2000, multiline: true, ...named('備考', 'Note') })
      )
    },
    { additionalProperties: false }
  ),
  async perform() {
    return {}
  }
})

/** The web tier with this kind, and the engine behind it. */
export async function openBooking(t: TestContext) {
  const engine = await openEngine(t, 'sqlite::memory:', async () => ({}))
  const line = { ...engine, kinds: [booking] }
  const web = await buildWeb(line)
  t.after(() => web.close())
  const webUrl = await web.listen({ host: '127.0.0.1', port: 0 })
  return { line, webUrl }
}

/** What a person types who leaves nothing out. */
export const typed = {
  title: '春の集い',
  day: '2026-04-01',
  nights: '１．５',
  isQuiet: 'yes',
  'contact.name': '髙﨑花子',
  'contact.mail': 'ｈanako@example.jp',
  'contact.speaks': 'ja',
  'contact.address.city': '渋谷区',
  'guests.0.name': '髙﨑花子',
  'guests.0.age': '４１',
  'guests.0.meal': 'fish',
  'guests.1.name': '髙﨑豆太',
  'guests.1.age': '6',
  'guests.1.meal': 'meat',
  'guests.1.isChild': 'yes',
  'extras.0.what': '花束',
  'extras.0.count': '1',
  'extras.1.what': '',
  'extras.1.count': '1',
  note: '一行目\n二行目',
  email: 'hanako@example.jp',
  language: 'ja'
}
