import { createHmac, scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import type { FastifyRequest } from 'fastify'
import { isSameSecret } from '../../auth.ts'
import type { Config } from '../../config.ts'
import type { Actor, Role } from './actor.ts'

export type Sessions = ReturnType<typeof openSessions>

/** A working day; then the password is asked for again. */
export const sessionHours = 12

const cookieName = 'dashboard'
const form = /^((operator|viewer)\.(\d{1,16})\.([\w-]*))\.([\w-]{43})$/
const derive = promisify<string, string, number, Buffer>(scrypt)

/**
 * Sessions that are kept nowhere but in the cookie, sealed with a key made of the role's password. So each
 * instance of the tier knows them, also after a restart, and a new password ends them all.
 */
export function openSessions(config: Config) {
  const keys = new Map<Role, Promise<Buffer>>()

  /** By scrypt, so that a cookie that leaked is no quick test for guesses of the password. */
  function keyOf(role: Role) {
    const key =
      keys.get(role) ?? derive(passwordOf(config, role), `${role} ${config.PUBLIC_URL}`, 32)
    keys.set(role, key)
    return key
  }
  const sealOf = async (role: Role, text: string) =>
    createHmac('sha256', await keyOf(role))
      .update(text)
      .digest('base64url')

  /** Who a cookie is for, if we have sealed it, and until when it holds. */
  async function read(sealed: string | undefined): Promise<Actor | undefined> {
    const [, text = '', role, until, name = '', seal = ''] = form.exec(sealed ?? '') ?? []
    if (!isRole(role) || !passwordOf(config, role) || Number(until) <= Date.now()) return undefined
    if (!isSameSecret(seal, await sealOf(role, text))) return undefined
    return { role, name: Buffer.from(name, 'base64url').toString() }
  }

  return {
    of: ({ headers }: FastifyRequest) => read(cookieIn(headers.cookie)),

    /** The header that begins a session. */
    async cookieFor({ role, name }: Actor) {
      const seconds = sessionHours * 3600
      const until = Date.now() + seconds * 1000
      const text = `${role}.${until}.${Buffer.from(name).toString('base64url')}`
      return cookie(config, `${text}.${await sealOf(role, text)}`, seconds)
    },

    /** The header that ends one, in the browser that gets it. */
    endingCookie: () => cookie(config, '', 0)
  }
}

function passwordOf({ OPERATOR_PASSWORD, VIEWER_PASSWORD }: Config, role: Role) {
  return role === 'operator' ? OPERATOR_PASSWORD : VIEWER_PASSWORD
}

const isRole = (text: string | undefined): text is Role => text === 'operator' || text === 'viewer'

/** Lax, not Strict: a link in a mail must lead to a page, not to the login of somebody who is in. */
function cookie({ PUBLIC_URL }: Config, value: string, seconds: number) {
  const secure = PUBLIC_URL.startsWith('https:') ? '; Secure' : ''
  return `${cookieName}=${value}; Path=/dashboard; Max-Age=${seconds}; SameSite=Lax; HttpOnly${secure}`
}

function cookieIn(header = '') {
  const pairs = header.split(';').map(pair => pair.trim())
  return pairs.find(pair => pair.startsWith(`${cookieName}=`))?.slice(cookieName.length + 1)
}
