import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { type Environment, runProgram, shell } from './program.ts'

export type ContainerCommand = { name: string; command: string; isForLeader: boolean }

type Written = { command: string | string[]; leader_only?: boolean }

/** `container_commands` of all files of .ebextensions, in the order in which Beanstalk runs them. */
export function readContainerCommands(folder: string): ContainerCommand[] {
  const files = globSync('.ebextensions/*.config', { cwd: folder }).sort()
  return files.flatMap(file => commandsIn(readFileSync(join(folder, file), 'utf8')))
}

/** Those of one file, by their names (Developer Guide, "Container commands"). */
export function commandsIn(text: string): ContainerCommand[] {
  const { container_commands = {} } = (parse(text) ?? {}) as {
    container_commands?: Record<string, Written>
  }
  return Object.entries(container_commands)
    .map(([name, { command, leader_only = false }]) => ({
      name,
      command: [command].flat().join(' '),
      isForLeader: leader_only
    }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

/** Runs them in the staging folder; those for the leader only where `isLeader`. */
export async function runContainerCommands(
  folder: string,
  isLeader: boolean,
  about: { env: Environment; log: string }
) {
  for (const { name, command, isForLeader } of readContainerCommands(folder))
    if (isLeader || !isForLeader) await runProgram(shell(command), { name, cwd: folder, ...about })
}
