import { spawnSync } from 'node:child_process'
import { appendFileSync, mkdirSync, rmSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { startProgram } from '../rehearsal/program.ts'
import { until } from '../rehearsal/until.ts'

export type SmallDisk = Awaited<ReturnType<typeof openSmallDisk>>

const megabytes = 96
/** The magic number of tmpfs (statfs(2)). */
const tmpfs = 0x0102_1994
const block = Buffer.alloc(65_536)

/** Why there can't be one here, if there can't. */
export function smallDiskObstacle(): string | undefined {
  const { status } = spawnSync('unshare', ['-rm', 'true'])
  return status === 0 ? undefined : 'this machine allows no mount namespaces (unshare -rm)'
}

/**
 * A file system of some megabytes in a mount namespace of its own: it is gone with the last process that
 * is in there, so nothing has to be unmounted, whatever happens to us.
 */
export async function openSmallDisk(work: string, name: string, log: string) {
  const folder = join(work, `${name}-disk`)
  mkdirSync(folder)
  const mount = `mount -t tmpfs -o size=${megabytes}m tmpfs "$1" && exec sleep 86400`
  const about = { name: 'disk', cwd: work, env: { PATH: String(process.env['PATH']) }, log }
  const holder = startProgram(['unshare', '-rm', 'sh', '-c', mount, 'sh', folder], about)
  const inside = `/proc/${holder.pid}/root${folder}`
  const isMounted = async () => (await statfs(inside).catch(() => undefined))?.type === tmpfs
  await until('the small disk is mounted', isMounted, { seconds: 10 })
  const ballast = join(inside, 'ballast')

  return {
    folder,
    /** What a command line begins with, for a process that sees this disk. */
    enter: ['nsenter', ...`-t ${holder.pid} -U --preserve-credentials -m`.split(' '), `-W${work}`],
    /** Leaves no byte free. */
    fill() {
      try {
        for (;;) appendFileSync(ballast, block)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
      }
    },
    empty: () => rmSync(ballast, { force: true }),
    close: () => holder.stop('SIGKILL', 5)
  }
}
