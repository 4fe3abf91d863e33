import { createInterface } from 'node:readline/promises'
import { WrongUsage } from './command.ts'
import { harmless } from './text.ts'

/** Asks, unless the answer was given before. Throws where it is no, or nobody is there to be asked. */
export async function confirm(question: string, isSure: boolean) {
  if (isSure) return
  if (!process.stdin.isTTY)
    throw new WrongUsage(`${question} Nobody is there to be asked: add --yes if you are sure.`)
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await terminal
    .question(`${harmless(question)} [y/N] `)
    .finally(() => terminal.close())
  if (!/^y(es)?$/i.test(answer.trim())) throw new Error('Nothing was changed.')
}
