import type { Tools } from './kind.ts'
import type { Lease } from './lease.ts'
import type { Ledger } from './ledger.ts'
import type { Attempt } from './perform.ts'

/** What an attempt hands to the work; it notes on the attempt what settling needs to know. */
export function tools(attempt: Attempt, lease: Lease, ledger: Ledger): Tools {
  const { line, job } = attempt
  const { id, kind, attempts, email, language, token, waiting_at } = job
  const doubt = () => {
    attempt.isDoubtful = true
    line.log.warn(
      { job: id, kind, attempt: attempts },
      'nobody knows whether the mail was sent before'
    )
  }
  const mailStep = { name: 'mail', onDoubt: attempt.kind?.onDoubt ?? 'repeat', doubt }
  return {
    storage: {
      async put(...given) {
        attempt.file = await line.storage.put(...given)
        return attempt.file
      },
      read: line.storage.read
    },
    mail: { send: mail => ledger.once(mailStep, () => line.mail.send(mail)) },
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
