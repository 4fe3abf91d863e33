import { type DestinationStream, type LoggerOptions, pino, stdSerializers } from 'pino'

/**
 * A log without what is nobody's business who reads it: no mail address anywhere, no payload in the errors
 * of the database, and of the address of a page, which is the key to its file, only the beginning.
 */
export function openLog(options: LoggerOptions, destination?: DestinationStream) {
  const serializers = { req: describe, err: withoutStatement }
  const all = { ...options, serializers, hooks: { streamWrite: withoutAddresses } }
  return destination ? pino(all, destination) : pino(all)
}

type Request = { method?: string; url?: string; host?: string; ip?: string }

/** Without the query: it may have the name of a file in it. */
function describe({ method, url = '', host, ip }: Request) {
  const path = url.split('?', 1)[0] ?? ''
  return {
    method,
    url: path.replace(/(?<=[0-9a-f]{6})[0-9a-f]{26}/g, '…'),
    host,
    remoteAddress: ip
  }
}

/** Knex begins the message of an error with the statement, and the stack with the message. */
const statement = /\b(?:insert into|update|delete from|select [^\n]{0,500}? from) `[\s\S]* - /gi

/** What an error says, for people: not the statement that failed. */
export const reasonOf = ({ message }: Error) => message.replace(statement, 'SQL: ')

/** mysql2 has the statement once more. */
function withoutStatement(error: Error) {
  const { sql: _, sqlMessage: __, ...known } = stdSerializers.err(error) as Described
  const [message, stack] = [known.message, known.stack].map(text =>
    text.replace(statement, 'SQL: ')
  )
  return { ...known, message, stack }
}

type Described = ReturnType<typeof stdSerializers.err> & { sql?: unknown; sqlMessage?: unknown }

/** What JSON escapes is passed over as a whole, for `\n` must not lose its letter. */
const address =
  /\\(?:u[\da-f]{4}|.)|[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}(?:@|%40)[a-z0-9-]+(?:\.[a-z0-9-]+)+/gi

function withoutAddresses(line: string) {
  return line.replace(address, part => (part.startsWith('\\') ? part : '[mail address]'))
}
