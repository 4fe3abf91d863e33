import { setTimeout } from 'node:timers/promises'
import type { Meddler, Passing } from '../bench/relay.ts'
import type { Random } from '../capacity/random.ts'

/** What a relay may do to a request to AWS. */
export type Fault = (passing: Passing) => unknown

export const slow =
  (milliseconds: number): Fault =>
  async ({ pass }) => {
    await setTimeout(milliseconds)
    pass()
  }

/** AWS says no: nothing has happened there. */
export const refuse =
  (status: number, body = ''): Fault =>
  ({ reply }) => {
    reply.writeHead(status, { 'content-type': 'text/xml' }).end(body)
  }

/** AWS does it, and the connection is cut before the answer. */
export const cutAfter: Fault = async ({ passUnheard, reply }) => {
  await passUnheard()
  reply.destroy()
}

/** The connection is cut before anything has happened. */
export const cutBefore: Fault = ({ reply }) => reply.destroy()

/** AWS does it, and says nothing. */
export const unheard: Fault = ({ passUnheard }) => passUnheard()

/** Nothing happens, and nobody answers. */
export const swallow: Fault = () => {}

/** Each fault with its chance, from 0 to 1; what is left is passed. `isFor` says which requests. */
export function draw(
  random: Random,
  chances: readonly (readonly [number, Fault])[],
  isFor: (passing: Passing) => boolean = () => true
): Meddler {
  return passing => {
    let left = isFor(passing) ? random() : 1
    for (const [chance, fault] of chances) {
      if (left < chance) return fault(passing)
      left -= chance
    }
    return passing.pass()
  }
}

/** The error of SES and of SQS's old protocol, as the SDK reads it. */
export function errorXml(code: string, message: string) {
  return `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`
}
