import { rmSync } from 'node:fs'
import { killAllIn } from './process-table.ts'

/**
 * A process of its own that ends what the rehearsal started, once that has ended: on purpose, by an
 * error, by Ctrl-C or by SIGKILL. All of them close the channel between the two. Folders that shall stay
 * come as messages.
 */
const folders = process.argv.slice(2)
const kept = new Set<unknown>()

// Who ends the rehearsal politely may tell the whole group; this one goes last.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})
process.on('message', folder => kept.add(folder))
process.once('disconnect', async () => {
  for (const folder of folders) {
    await killAllIn(folder)
    if (!kept.has(folder)) rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
})
