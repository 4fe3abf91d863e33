import { fileURLToPath } from 'node:url'

/** Goes on as another program of ours, which reads its own options and sets its own exit code. */
export async function become(program: URL, words: string[]): Promise<number> {
  process.argv = [process.execPath, fileURLToPath(program), ...words]
  await import(program.href)
  return Number(process.exitCode ?? 0)
}
