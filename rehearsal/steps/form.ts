import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ask } from '../instance.ts'
import { urlOf } from '../nginx.ts'
import { nextAddress } from '../order.ts'
import { type Scene, watch, webOf } from '../scene.ts'
import type { Scenes } from '../scenes.ts'

/** A person orders an invoice, follows to its page, and gets the file and the mail. */
export async function orderByForm({ line }: Pick<Scenes, 'line'>) {
  const { bytes, from } = await orderInvoice(line)
  return `a PDF of ${Math.round(bytes / 1024)} KiB, a mail from ${from}`
}

export async function orderInvoice(line: Scene) {
  const url = urlOf(webOf(line).ports)
  const email = nextAddress(line)
  const form = await (await ask(`${url}/new/invoice`)).text()
  const fields = { ...exampleOf(line.stage.root), ...hiddenFields(form), email, language: 'ja' }
  const body = new URLSearchParams(fields)
  const answer = await ask(`${url}/new/invoice`, { method: 'POST', redirect: 'manual', body })
  const place = answer.headers.get('location')
  if (answer.status !== 303 || !place)
    throw new Error(
      `The form was answered with ${answer.status}, not sent on to a page of the job.`
    )

  const page = async () => await (await ask(url + place)).text()
  const isDone = async () => (await page()).includes('state-finished')
  await watch(line, 'the page of the job says that it is finished', isDone, 40)
  const bytes = await pdfOf(`${url}${place}/file`)
  const [mail, ...others] = await line.stage.standIns.mails(email)
  if (!mail || others.length > 0 || !mail.text.includes(url + place))
    throw new Error(`There should be one mail with ${url + place}, and are ${others.length + 1}.`)
  return { bytes, from: mail.from }
}

async function pdfOf(url: string) {
  const file = await ask(url)
  const bytes = await file.bytes()
  if (!file.ok || !file.redirected || Buffer.from(bytes).toString('latin1', 0, 5) !== '%PDF-')
    throw new Error(`The file was answered with ${file.status}, and is no PDF in the bucket.`)
  return bytes.length
}

/** The fields of a form that a person does not see. */
export function hiddenFields(form: string): Record<string, string> {
  const inputs = form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)
  return Object.fromEntries([...inputs].map(([, name, value]) => [name, value]))
}

function exampleOf(root: string) {
  return flat(JSON.parse(readFileSync(join(root, 'examples/invoice.json'), 'utf8')))
}

/** `{ lines: [{ unit: '袋' }] }` as a form has it: `{ 'lines.0.unit': '袋' }`. */
export function flat(value: object, prefix = ''): Record<string, string> {
  const entries = Object.entries(value).flatMap(([name, inner]) =>
    typeof inner === 'object' && inner !== null
      ? Object.entries(flat(inner, `${prefix}${name}.`))
      : [[`${prefix}${name}`, String(inner)] as const]
  )
  return Object.fromEntries(entries)
}
