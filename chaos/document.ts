import { createHash } from 'node:crypto'
import type { Job } from '../src/queue/job.ts'
import { programPath } from '../test/needs.ts'
import { pdfjsLinesOf } from '../test/pdfjs.ts'
import { textOf } from '../test/proof.ts'

/** Fetches the file of a job as a person does, and reads it; gives what is wrong with it, if anything. */
export async function checkFile(webUrl: string, job: Job, number: string) {
  if (!job.file_key) return job.state === 'finished' ? 'it has no file' : undefined
  const answer = await fetch(`${webUrl}/jobs/${job.token}/file`)
  if (!answer.ok) return `the file answers ${answer.status}`
  const bytes = await answer.bytes()
  if (bytes.length !== job.file_bytes)
    return `the file has ${bytes.length} bytes, and the row says ${job.file_bytes}`
  if (createHash('sha256').update(bytes).digest('hex') !== job.file_sha256)
    return 'the file has another SHA-256 than its row'
  const found = await numbersIn(job.kind, bytes).catch(error => [String(error)])
  return found.every(one => one === number) && found.length > 0
    ? undefined
    : `the file is about ${found.join(' and ') || 'nothing'}`
}

/** Every number of an order that a document names. */
async function numbersIn(kind: string, bytes: Uint8Array): Promise<string[]> {
  const text = kind === 'invoice' ? await textIn(bytes) : Buffer.from(bytes).toString()
  return [...text.matchAll(/CHAOS-\d+/g)].map(([number]) => number)
}

/** By poppler where it is installed, which takes a tenth of the time. */
async function textIn(pdf: Uint8Array) {
  if (programPath('pdftotext')) return textOf(pdf).join('\n')
  return (await pdfjsLinesOf(pdf)).flat().join('\n')
}
