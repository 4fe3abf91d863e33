import { kinds } from '../../src/jobs/index.ts'
import { note } from '../note.ts'

/** Loaded before a tier (`node --import`): adds the light kind, as a team would add one of its own. */
kinds.push(note)
