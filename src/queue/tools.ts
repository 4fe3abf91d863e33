import * as count from '../metrics/count.ts'
import * as trace from '../trace.ts'
import { now } from './clock.ts'
import type { Tools } from './kind.ts'
import type { Lease } from './lease.ts'
import type { Ledger } from './ledger.ts'
import type { Attempt } from './perform.ts'
import { putWithReceipt } from './receipt.ts'

/** What an attempt hands to the work; it notes on the attempt what settling needs to know. */
export function tools(attempt: Attempt, lease: Lease, ledger: Ledger): Tools {
  const { line, job } = attempt
  const { id, kind, attempts, email, language, token, waiting_at } = job
  const doubt = () => {
    attempt.isDoubtful = true
    count.mailDoubt()
    line.log.warn(
      { job: id, kind, attempt: attempts },
      'nobody knows whether the mail was sent before'
    )
  }
  const differ = (keys: string[]) =>
    line.log.warn(
      { job: id, kind, attempt: attempts, keys },
      'an earlier attempt stored other bytes under the same key; its mail may have told of those'
    )
  const onDoubt = attempt.kind?.onDoubt ?? 'repeat'
  const mailStep = { name: 'mail', onDoubt, files: attempt.files, doubt, differ }
  return {
    storage: {
      async put(...given) {
        const stored = await trace.span('storage.put', { kind: 'client' }, () =>
          putWithReceipt(line.storage.put, ...given)
        )
        attempt.files.push(stored)
        return stored
      },
      read: key => trace.span('storage.read', { kind: 'client' }, () => line.storage.read(key))
    },
    mail: {
      send: mail =>
        ledger.once(mailStep, async () => {
          const { to, subject } = mail
          const receipt = await trace.span('mail.send', { kind: 'client' }, () =>
            line.mail.send(mail, id)
          )
          return { ...receipt, to, subject, at: now(line.database) }
        })
    },
    log: line.log.child({ job: id, kind, attempt: attempts }),
    job: {
      id,
      kind,
      attempt: attempts,
      createdAt: new Date(waiting_at),
      email,
      language,
      url: new URL(`/jobs/${token}`, line.config.PUBLIC_URL).href,
      signal: lease.signal,
      progress: lease.progress
    }
  }
}
