import { readdirSync, readlinkSync } from 'node:fs'
import { sep } from 'node:path'
import { setTimeout } from 'node:timers/promises'

const pauseMilliseconds = 50
/** One that was being started when the others ended may appear a moment later. */
const quietRounds = 4
const mostRounds = 200

/** The processes whose working directory is in a folder: whoever works there belongs to it (Linux). */
export function processesIn(folder: string): number[] {
  const pids = readdirSync('/proc').filter(name => /^\d+$/.test(name))
  return pids.filter(pid => isInside(workingDirectory(pid), folder)).map(Number)
}

/** Kills every process that works in the folder, whoever its parent is. */
export async function killAllIn(folder: string) {
  for (let quiet = 0, round = 0; quiet < quietRounds && round < mostRounds; round += 1) {
    const found = processesIn(folder)
    found.forEach(kill)
    quiet = found.length === 0 ? quiet + 1 : 0
    await setTimeout(pauseMilliseconds)
  }
}

function isInside(path: string | undefined, folder: string) {
  return path === folder || path?.startsWith(folder + sep)
}

/** Nothing for a process that has ended, or is somebody else's. */
function workingDirectory(pid: string) {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return undefined
  }
}

function kill(pid: number) {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}
