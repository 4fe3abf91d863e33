import { reasonOf } from '../log.ts'
import { WrongUsage } from './command.ts'
import { harmless } from './text.ts'

type Failure = Error & { code?: string; address?: string; port?: number; errors?: Failure[] }

const unreachable = ['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'EHOSTUNREACH', 'ECONNRESET']

/** What an error says to whoever typed the command, and the exit code. */
export function explainFailure(error: Failure): { sentence: string; code: 1 | 2 } {
  if (error instanceof WrongUsage) return { sentence: harmless(error.message), code: 2 }
  return { sentence: harmless(sentenceOf(error)), code: 1 }
}

function sentenceOf(error: Failure): string {
  const { code = '', address, port, message } = error.errors?.[0] ?? error
  if (code === 'ER_NO_SUCH_TABLE' || /no such table/.test(message))
    return 'The tables are not there yet: run "beanline migrate" first.'
  if (unreachable.includes(code)) {
    const where = address ? `at ${address}:${port}` : `(${message})`
    if (isOfAws(error))
      return `AWS does not answer ${where}: ${code}. See the network, AWS_REGION and AWS_ENDPOINT_URL_….`
    return `The database does not answer ${where}: ${code}. See whether it runs, and DATABASE_URL.`
  }
  return reasonOf(error) || code
}

/** The SDK notes on every error how often it has tried. */
const isOfAws = (error: Failure) => '$metadata' in error
