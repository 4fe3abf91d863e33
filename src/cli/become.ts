import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Goes on as another program of ours, which reads its own options and sets its own exit code. */
export async function become(program: URL, words: string[]): Promise<number> {
  const file = fileURLToPath(program)
  // .gitattributes leaves out of a deploy what production does not need.
  if (!existsSync(file))
    throw new Error(`${file} is not here: run this in the folder that you deploy from.`)
  process.argv = [process.execPath, file, ...words]
  await import(program.href)
  return Number(process.exitCode ?? 0)
}
