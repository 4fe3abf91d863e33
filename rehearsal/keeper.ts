import { existsSync, rmSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { killAllIn } from './process-table.ts'

/**
 * A process of its own that ends what the rehearsal started, once that has ended: on purpose, by an
 * error, by Ctrl-C or by SIGKILL. All of them close the channel between the two. Folders that shall stay
 * come as messages. Ends with 1 when a folder can't be removed.
 */
const folders = process.argv.slice(2)
const kept = new Set<unknown>()
const pauseMilliseconds = 100
const mostRounds = 100

// Who ends the rehearsal politely may tell the whole group; this one goes last.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})
process.on('message', folder => kept.add(folder))
process.once('disconnect', async () => {
  for (const folder of folders) {
    await killAllIn(folder)
    if (!kept.has(folder) && !(await remove(folder))) process.exitCode = 1
  }
})

/** Node gives up, without an error even, where something comes or goes in the folder meanwhile. */
async function remove(folder: string) {
  for (let round = 0; existsSync(folder) && round < mostRounds; round += 1) {
    if (round > 0) await setTimeout(pauseMilliseconds)
    try {
      rmSync(folder, { recursive: true, force: true })
    } catch {
      await killAllIn(folder)
    }
  }
  return !existsSync(folder)
}
