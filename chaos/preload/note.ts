import { isMainThread } from 'node:worker_threads'

/**
 * Loaded before a tier (`node --import`): adds the light kinds, as a team would add its own. The
 * threads of the tier know no kinds, and should not have to load them.
 */
if (isMainThread) {
  const { kinds } = await import('../../src/jobs/index.ts')
  const { heldNote, note } = await import('../note.ts')
  kinds.push(note, heldNote)
}
