import { setTimeout } from 'node:timers/promises'
import Type from 'typebox'
import { html } from '../src/html.ts'
import { defineJob, type Kind } from '../src/queue/kind.ts'

/** A light kind: it takes a while and no processor, stores its word as a file, and mails. */
export const note = defineJob({
  name: 'note',
  title: { ja: 'メモ', en: 'Note' },
  summary: { ja: '', en: '' },
  schema: Type.Object({ number: Type.String(), milliseconds: Type.Integer({ minimum: 0 }) }),
  form: { fields: () => html``, read: values => values },

  async perform({ number, milliseconds }, { storage, mail, job }) {
    await setTimeout(milliseconds, undefined, { signal: job.signal })
    const about = { name: `${number}.txt`, type: 'text/plain' }
    const file = await storage.put(`note/${job.id}.txt`, Buffer.from(number), about)
    const subject = `Note ${number}`
    await mail.send({ to: job.email, subject, text: job.url, html: html`${job.url}`.text })
    return { file }
  }
})

/** The same, whose doubtful mails the operator decides on. */
export const heldNote: Kind = { ...note, name: 'held-note', onDoubt: 'hold' }
