import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type Folders = Awaited<ReturnType<typeof openFolders>>

/**
 * The place where everything of a program (`rehearsal`) runs, and the one for its logs. A keeper watches over both: when this
 * process is gone, for whatever reason, it kills all that works in them and removes them.
 */
export async function openFolders(program = 'rehearsal') {
  const work = temporary(`beanline-${program}-`)
  const logs = temporary(`beanline-${program}-logs-`)
  const keeper = fork(join(import.meta.dirname, 'keeper.ts'), [work, logs], {
    detached: true,
    execArgv: [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc']
  })
  await once(keeper, 'spawn').catch(error => {
    for (const folder of [work, logs]) rmSync(folder, { recursive: true })
    throw error
  })
  const ended: Promise<unknown[]> = once(keeper, 'exit')
  // It must not keep this process from ending.
  keeper.unref()
  return {
    work,
    logs,
    /** Leaves a folder where it is; the processes in it end all the same with `close`. */
    keep: (folder: string) => keeper.send(folder),
    /** Ends whatever still runs, and removes the folders; false when one is left. */
    async close(): Promise<boolean> {
      // Without anything else to wait for, this process would end before the keeper.
      keeper.ref()
      if (keeper.connected) keeper.disconnect()
      const [code] = await ended
      return code === 0
    }
  }
}

/** As /proc shows it: the temporary folder may be a link. */
function temporary(name: string) {
  return realpathSync(mkdtempSync(join(tmpdir(), name)))
}
