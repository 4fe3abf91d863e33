import { createHash } from 'node:crypto'
import type { Job } from '../src/queue/job.ts'
import { programPath } from '../test/needs.ts'
import { pdfjsLinesOf } from '../test/pdfjs.ts'
import { textOf } from '../test/proof.ts'

/** Fetches the file of a job as a person does, and reads it; gives what is wrong with it, if anything. */
export async function checkFile(webUrl: string, job: Job, number: string) {
  if (!job.file_key) return job.state === 'finished' ? 'it has no file' : undefined
  const { status, bytes } = await download(`${webUrl}/jobs/${job.token}/file`)
  if (status !== 200) return `the file answers ${status}`
  if (bytes.length !== job.file_bytes)
    return `the file has ${bytes.length} bytes, and the row says ${job.file_bytes}`
  if (createHash('sha256').update(bytes).digest('hex') !== job.file_sha256)
    return 'the file has another SHA-256 than its row'
  const found = await numbersIn(job.kind, bytes).catch(error => [String(error)])
  return found.every(one => one === number) && found.length > 0
    ? undefined
    : `the file is about ${found.join(' and ') || 'nothing'}`
}

/** Again when a connection that was kept alive has been closed meanwhile: the reading of a PDF takes its time. */
async function download(url: string, tries = 3) {
  for (;;)
    try {
      const answer = await fetch(url)
      return { status: answer.status, bytes: await answer.bytes() }
    } catch (error) {
      if (--tries === 0) throw error
    }
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
