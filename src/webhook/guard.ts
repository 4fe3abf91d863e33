import { lookup as resolveByDns } from 'node:dns/promises'
import type { LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'
import type { Sentence } from '../language.ts'
import { isIn, isPublic, readNetworks } from './network.ts'

export type Guard = ReturnType<typeof openGuard>

type Resolved = { address: string; family: number }
type Resolve = (host: string) => Promise<Resolved[]>

/** The address was not connected to. */
class Refused extends Error {
  override name = 'Refused'
}

const longest = 1000
const leastPort = 1024

/**
 * Says where webhooks may go: to public addresses by HTTPS, and by either to the networks that are allowed. What a
 * name resolves to is looked up once, and that very address is connected to: a name that changes its address between
 * a check and the connection (DNS rebinding) gains nothing.
 */
export function openGuard(
  allow: string,
  resolve: Resolve = host => resolveByDns(host, { all: true })
) {
  const allowed = readNetworks(allow)
  const mayReach = (address: string, isPlain: boolean) =>
    isIn(allowed, address) || (!isPlain && isPublic(address))

  /** What is wrong with a URL, as far as it can be seen before its name is looked up. */
  function complain(text: string): Sentence | undefined {
    if (text.length > longest || !URL.canParse(text)) return noUrl
    const url = new URL(text)
    if (!/^https?:$/.test(url.protocol)) return noUrl
    if (url.username !== '' || url.password !== '') return credentials
    if (url.hash !== '') return fragment
    const isPlain = url.protocol === 'http:'
    if (isPlain && allowed.length === 0) return plain
    const address = literalOf(url)
    if (address && !mayReach(address, isPlain)) return notPublic
    const isOwn = address !== undefined && isIn(allowed, address)
    if (!isOwn && !isPlain && !(url.port === '' || Number(url.port) >= leastPort)) return port
    return undefined
  }

  /** For the connection: every address of the name must be right, or there is none. */
  function lookupFor(url: URL): LookupFunction {
    const isPlain = url.protocol === 'http:'
    return (host, options, answer) => {
      resolve(host).then(
        found => {
          const wrong = found.find(({ address }) => !mayReach(address, isPlain))
          const [first] = found
          if (wrong || !first) answer(refusal(wrong?.address), '')
          else if (options.all) answer(null, found)
          else answer(null, first.address, first.family)
        },
        error => answer(error, '')
      )
    }
  }

  /** An address that is written in the URL is not looked up by whoever connects. Throws `Refused`. */
  function admit(url: URL) {
    const sentence = complain(url.href)
    if (sentence) throw new Refused(`Not sent. ${sentence.en}`)
  }

  return { complain, lookupFor, admit }
}

const refusal = (address = 'no address') =>
  new Refused(
    `Not sent: the name leads to ${address}, which is not public. Networks of your own are allowed by WEBHOOK_ALLOW.`
  )

/** The address that a URL names without a name; WHATWG has made `0x7f.1` and `2130706433` 127.0.0.1. */
function literalOf({ hostname }: URL): string | undefined {
  const bare = hostname.replace(/^\[|\]$/g, '')
  return ipaddr.isValid(bare) ? bare : undefined
}

const noUrl: Sentence = {
  ja: 'https://から始まるURLを1,000文字以内で入力してください。',
  en: 'Enter a URL that begins with https://, of at most 1,000 characters.'
}
const credentials: Sentence = {
  ja: 'URLにユーザー名やパスワードを含めないでください。署名で送信元を確認できます。',
  en: 'Leave user name and password out of the URL: the signature proves who sends.'
}
const fragment: Sentence = {
  ja: 'URLの「#」から後ろは送信されません。取り除いてください。',
  en: 'Leave out “#” and what follows: it is never sent.'
}
const plain: Sentence = {
  ja: 'https://を使ってください。http://はWEBHOOK_ALLOWで許可したネットワークに限ります。',
  en: 'Use https://. http:// is for networks that WEBHOOK_ALLOW names only.'
}
const notPublic: Sentence = {
  ja: '公開されていないアドレスには送信しません。自社のネットワークはWEBHOOK_ALLOWで許可できます。',
  en: 'This address is not public. Networks of your own are allowed by WEBHOOK_ALLOW.'
}
const port: Sentence = {
  ja: 'ポートは443か1024以上にしてください。',
  en: 'Use port 443, or one from 1024 up.'
}
