import { queryOf } from '../jobs-query.ts'

/** The addresses of the pages about dead letters; `done` is what was just done, as in `sent-10-0`. */
export const lettersPath = '/dashboard/dead-letters/'

export const listPath = (done?: string) => withDone(lettersPath, done)

export const groupPath = (fingerprint: string, done?: string) =>
  withDone(`${lettersPath}groups/${fingerprint}`, done)

export const letterPath = (messageId: string, done?: string) =>
  withDone(`${lettersPath}messages/${encodeURIComponent(messageId)}`, done)

const withDone = (path: string, done?: string) => `${path}${queryOf({}, done)}`
