import assert from 'node:assert/strict'
import { test } from 'node:test'
import Type, { type TObject, type TSchema } from 'typebox'
import { booking, typed } from '../../test/booking.ts'
import type { Language } from '../language.ts'
import { defineJob, type Fields, type Problem } from '../queue/kind.ts'
import { readOrder } from '../queue/order.ts'
import { upload } from '../upload.ts'

const { form } = booking
const nowhere = { read: async () => Buffer.from('7:00 朝食') }
const plan = { 'plan.key': `uploads/${'a'.repeat(32)}`, 'plan.name': 'a.txt', 'plan.bytes': '11' }

async function read(values: Fields) {
  const { email, language } = values
  const edited = (await form.edit?.(values, undefined, nowhere)) as Fields
  return await readOrder(booking, { ...(form.read(edited) as object), email, language }, nowhere)
}

async function problemsOf(values: Fields) {
  const reading = await read(values)
  return 'problems' in reading ? reading.problems : []
}

function draw(language: Language, values: Fields = {}, problems: Problem[] = []) {
  return form.fields({ language, values, problems }).text
}

function without(...names: string[]): Fields {
  const kept = Object.entries(typed).filter(
    ([name]) => !names.some(left => name === left || name.startsWith(`${left}.`))
  )
  return Object.fromEntries(kept)
}

test('what is typed becomes the payload, with blank rows dropped', async () => {
  const reading = await read({ ...typed, ...plan })
  assert.ok('order' in reading, JSON.stringify(reading))
  assert.deepEqual(JSON.parse(reading.order.payload), {
    title: '春の集い',
    day: '2026-04-01',
    nights: 1.5,
    isQuiet: true,
    plan: { key: plan['plan.key'], name: 'a.txt', bytes: 11 },
    contact: {
      name: '髙﨑花子',
      mail: 'hanako@example.jp',
      speaks: 'ja',
      address: { city: '渋谷区' }
    },
    guests: [
      { name: '髙﨑花子', age: 41, meal: 'fish', isChild: false },
      { name: '髙﨑豆太', age: 6, meal: 'meat', isChild: true }
    ],
    extras: [{ what: '花束', count: 1 }],
    note: '一行目\n二行目'
  })
})

test('what is optional and left blank is not there', async () => {
  const values = {
    ...without('contact', 'note', 'isQuiet', 'extras'),
    ...{ code: ' ', 'contact.name': '', 'contact.speaks': '', 'extras.0.count': '1' }
  }
  const reading = await read(values)
  assert.ok('order' in reading, JSON.stringify(reading))
  const payload = JSON.parse(reading.order.payload)
  assert.deepEqual(Object.keys(payload), ['title', 'day', 'nights', 'isQuiet', 'guests'])
  assert.equal(payload.isQuiet, false)
})

test('each problem is told beside its field, in sentences for people', async () => {
  const problems = await problemsOf({
    ...without('title', 'guests'),
    ...{ day: '2026-02-31', nights: 'いつか', 'contact.mail': 'hanako', 'guests.0.age': '1.5' }
  })
  const said = Object.fromEntries(problems.map(({ path, sentence }) => [path, sentence.en]))
  assert.deepEqual(said, {
    title: 'Fill this in.',
    day: 'Enter a date such as 2026-04-01.',
    nights: 'Enter a number.',
    'contact.mail': 'Enter an email address, such as name@example.jp.',
    'guests.0.name': 'Fill this in.',
    'guests.0.age': 'Enter a whole number.',
    'guests.0.meal': 'Fill this in.'
  })
  const page = draw('en', typed, problems)
  for (const { path } of problems) {
    const id = `f-${path.replaceAll('.', '-')}`
    assert.match(page, new RegExp(`id="${id}" name="${path}"[^>]*aria-invalid="true"`))
    assert.ok(page.includes(`id="${id}-error"`), path)
  }
})

test('a part that may be left out must be whole once it is begun', async () => {
  const problems = await problemsOf({ ...without('contact'), 'contact.name': '髙﨑花子' })
  assert.deepEqual(
    problems.map(({ path }) => path),
    ['contact.mail', 'contact.speaks']
  )
})

test('an empty list that must have a row says so', async () => {
  const [problem] = await problemsOf(without('guests'))
  assert.deepEqual([problem?.path, problem?.sentence.en], ['guests', 'Enter at least 1 line.'])
})

test('a field is drawn as what its schema says', () => {
  const page = draw('en')
  const control = (name: string) => new RegExp(`<\\w+ id="f-${name}"[^>]*>`).exec(page)?.[0] ?? ''
  assert.match(control('title'), /type="text".*placeholder="春の集い"/)
  assert.match(control('day'), /type="date"/)
  assert.match(control('nights'), /inputmode="decimal"/)
  assert.match(control('isQuiet'), /type="checkbox"/)
  assert.match(control('plan'), /type="file" accept=".txt" data-most="1000"/)
  assert.match(control('contact-mail'), /type="email"/)
  assert.match(control('contact-speaks'), /^<select/)
  assert.match(control('guests-0-age'), /inputmode="numeric"/)
  assert.match(control('extras-0-count'), /value="1"/)
  assert.match(control('note'), /^<textarea/)
  assert.match(page, /<label for="f-code">Code <small>optional<\/small>/)
  assert.match(page, /id="f-title-hint">Keep it short\./)
  assert.match(page, /id="f-nights-hint">0\.5 to 30</)
  assert.match(page, /id="f-note-hint">Up to 2,000 characters</)
})

test('legends and choices are in the language of the page', () => {
  const legends = (page: string) =>
    [...page.matchAll(/<legend>(.*?)<\/legend>/g)].map(([, text]) => text)
  assert.deepEqual(legends(draw('en')), [
    'Booking',
    'Contact <small>optional</small>',
    'Address <small>optional</small>',
    'Guests',
    'Extras <small>optional</small>',
    'More'
  ])
  assert.equal(legends(draw('ja')).at(-1), 'そのほか')
  assert.ok(draw('ja').includes('<option value="fish">魚</option>'))
  // Only what belongs to something optional can be left without a choice.
  assert.ok(draw('ja', {}).includes('<option value="" selected>（なし）</option>'))
})

test('the buttons of one list leave the other as it is', async () => {
  const press = async (action: string) => (await form.edit?.(typed, action, nowhere)) as Fields
  const added = await press('add-guests')
  assert.equal(added['guests.2.name'], '')
  assert.equal(added['extras.0.what'], '花束')
  const removed = await press('remove-guests-0')
  assert.equal(removed['guests.0.name'], '髙﨑豆太')
  assert.equal(removed['guests.1.name'], undefined)
  assert.equal(removed['extras.0.what'], '花束')
  const full = (await form.edit?.(added, 'add-guests', nowhere)) as Fields
  assert.equal(full['guests.3.name'], undefined, 'the schema says three')
})

function declare(properties: Record<string, TSchema>): () => unknown {
  const schema: TObject = Type.Object(properties)
  const title = { ja: '', en: '' }
  return () => defineJob({ name: 'odd', title, summary: title, schema, perform: async () => ({}) })
}

test('a schema that no form can be drawn from is refused at once, with what to do', () => {
  const label = { ja: '欄', en: 'Field' }
  const file = upload(label)
  const cells = Object.fromEntries('abcdefg'.split('').map(cell => [cell, Type.String({ label })]))
  const refusals: [Record<string, TSchema>, RegExp][] = [
    [{ a: Type.String() }, /"a" of the kind "odd" has no label: write label:/],
    [{ email: Type.String({ label }) }, /"email" .*has a name that every order uses for itself/],
    [{ a: Type.Array(Type.String(), { label }) }, /"a" .*give the kind a form of its own/],
    [{ a: Type.Object({ b: file }, { label }) }, /"a\.b" .*can't be drawn/],
    [{ a: Type.Array(Type.Object({ b: file }), { label }) }, /"a\.0\.b" .*can't be drawn/],
    [{ a: Type.Array(Type.Object(cells), { label }) }, /"a" .*rows too large/],
    [{ a: Type.Unknown({ label }) }, /"a" .*can't be drawn/]
  ]
  for (const [properties, reason] of refusals) assert.throws(declare(properties), reason)
  assert.doesNotThrow(declare({ a: file }))
})
