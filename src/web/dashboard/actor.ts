import type { Sentence } from '../../language.ts'
import { cleanText } from '../../text.ts'

/** An operator acts, a viewer only reads. */
export type Role = 'operator' | 'viewer'

/** Who is in the dashboard. The name is what they typed: it tells colleagues apart, and proves nothing. */
export type Actor = { role: Role; name: string }

declare module 'fastify' {
  interface FastifyRequest {
    /** Who has come through the door of the dashboard; null everywhere else. */
    actor: Actor | null
  }
}

export const roleNames: Record<Role, Sentence> = {
  operator: { ja: '運用担当', en: 'operator' },
  viewer: { ja: '閲覧のみ', en: 'viewer' }
}

/** Whether to draw buttons; the door refuses what a viewer sends anyway. */
export const canAct = (actor: Actor | null | undefined) => actor?.role === 'operator'

export const longestName = 60

/** A name as it is kept. */
export const readName = (typed: string) => cleanText(typed).slice(0, longestName).toWellFormed()
