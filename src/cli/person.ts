import { hostname, userInfo } from 'node:os'
import type { Person } from '../queue/audit.ts'
import { cleanText } from '../text.ts'
import { WrongUsage } from './command.ts'

/** As the table `actions` keeps them. */
const longestName = 60
const longestAddress = 45

/** Who acts, for the audit log: the login name of the shell, or who they say they are. */
export function personOf({ as }: { as?: string | undefined }): Person {
  const name = cleanText(as ?? loginName())
    .slice(0, longestName)
    .toWellFormed()
  if (name === '') throw new WrongUsage('Say who you are, for the audit log: --as hanako')
  return { role: 'operator', name, address: hostname().slice(0, longestAddress) }
}

/** A container may run as a user of no name. */
function loginName() {
  try {
    return userInfo().username
  } catch {
    return ''
  }
}
