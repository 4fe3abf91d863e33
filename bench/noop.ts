import Type from 'typebox'
import { html } from '../src/html.ts'
import { defineJob } from '../src/queue/kind.ts'

/** A kind without work: what is left is the bookkeeping. */
export const noop = defineJob({
  name: 'noop',
  title: { ja: '無', en: 'Nothing' },
  summary: { ja: '', en: '' },
  schema: Type.Object({}),
  form: { fields: () => html``, read: values => values },
  perform: async () => ({})
})
