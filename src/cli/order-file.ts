import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { text } from 'node:stream/consumers'
import type { Kind } from '../queue/kind.ts'
import { WrongUsage } from './command.ts'

/** The payload of an order, from a file or from stdin (`-`). Throws a sentence where it is none. */
export async function readJson(path: string): Promise<Record<string, unknown>> {
  const name = path === '-' ? 'What came on stdin' : path
  const written = path === '-' ? await text(process.stdin) : String(await read(path))
  const payload = parse(written, name)
  if (typeof payload === 'object' && payload !== null && !Array.isArray(payload))
    return payload as Record<string, unknown>
  throw new Error(
    `${name} is no JSON object: an order is { "email": …, and the fields of its kind }.`
  )
}

/**
 * The files of an order by the fields that take them. Only those named on the command line: an order that
 * somebody has sent must not choose what is read here.
 */
export async function readFiles({ name, form }: Kind, typed: string[]) {
  const fields = Object.keys(form.files ?? {})
  const files: Record<string, object> = {}
  for (const one of typed) {
    const named = fields.find(field => one.startsWith(`${field}=`))
    const [field, path] = named ? [named, one.slice(named.length + 1)] : [fields[0], one]
    if (!field) throw new WrongUsage(`The kind ${name} takes no file.`)
    if (!named && fields.length > 1)
      throw new WrongUsage(
        `Say for which field it is: --file ${fields[0]}=${one}. There are ${fields.join(', ')}.`
      )
    files[field] = { name: basename(path), base64: (await read(path)).toString('base64') }
  }
  return files
}

async function read(path: string): Promise<Buffer> {
  try {
    return await readFile(path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const reason = code === 'ENOENT' ? 'there is no such file' : code
    throw new Error(`${path} can't be read: ${reason}.`, { cause: error })
  }
}

function parse(written: string, name: string): unknown {
  try {
    // Windows puts a byte order mark before it.
    return JSON.parse(written.replace(/^\ufeff/, ''))
  } catch (error) {
    throw new Error(`${name} is no JSON: ${(error as Error).message}.`, { cause: error })
  }
}
