import type { TestContext } from 'node:test'
import Type from 'typebox'
import { fieldsOf } from '../src/form.ts'
import { html } from '../src/html.ts'
import { defineJob, type FileRule, type FormView } from '../src/queue/kind.ts'
import { upload, uploadIn } from '../src/upload.ts'
import { buildWeb } from '../src/web/app.ts'
import { openEngine } from './engine.ts'

const Sheet = Type.Object(
  {
    title: Type.String({ minLength: 1, label: { ja: '題名', en: 'Title' } }),
    sheet: upload({ ja: '表', en: 'Sheet' }),
    logo: Type.Optional(upload({ ja: 'ロゴ', en: 'Logo' }))
  },
  { additionalProperties: false }
)

export const files = {
  sheet: {
    most: 200_000,
    accept: '.csv',
    check: bytes =>
      bytes.includes(0)
        ? { ja: '文字のファイルではありません。', en: 'This is no text.' }
        : undefined
  },
  logo: { most: 1000, accept: 'image/png' }
} satisfies Record<string, FileRule>

const input = fieldsOf(Sheet)

/** A kind that counts the bytes of the files that it is sent. */
export const counter = defineJob({
  name: 'counter',
  title: { ja: '数える', en: 'Count' },
  summary: { ja: '数えます。', en: 'Counts.' },
  schema: Sheet,
  form: {
    files,
    fields: (
      view: FormView
    ) => html`<fieldset><legend>${view.language === 'ja' ? '表' : 'Sheet'}</legend>
<div class="grid">${input(view, 'title')}
${input(view, 'sheet', { file: files.sheet })}
${input(view, 'logo', { file: files.logo, optional: true })}</div></fieldset>`,
    read: values => ({
      title: values['title'],
      sheet: uploadIn(values, 'sheet'),
      logo: uploadIn(values, 'logo')
    })
  },
  async perform({ sheet, logo }, { storage }) {
    const sizes = [sheet, logo].map(async file =>
      file ? (await storage.read(file.key)).length : 0
    )
    return { warnings: [String(await Promise.all(sizes))] }
  }
})

const { files: _, ...withoutFiles } = counter.form
/** The same without files to choose. */
const plain = { ...counter, name: 'plain', form: withoutFiles }

/** The web tier with these kinds, and the engine behind it; files go to S3, or to a folder. */
export async function openCounter(t: TestContext, storageUrl?: string) {
  const engine = await openEngine(t, 'sqlite::memory:', async () => ({}), storageUrl)
  const line = {
    ...engine,
    config: { ...engine.config, API_KEYS: 'local' },
    kinds: [counter, plain]
  }
  const web = await buildWeb(line)
  t.after(() => web.close())
  const webUrl = await web.listen({ host: '127.0.0.1', port: 0 })
  return { line, webUrl }
}
