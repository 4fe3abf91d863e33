import type { Node } from 'yaml'
import type { Finding, Rule } from '../finding.ts'
import { startedFile } from '../install-script.ts'
import { extensionFiles, type Project, pathsLike, yamlOf } from '../project.ts'
import { at, entries, textOf } from '../yaml.ts'
import { isNeeded } from './bundle.ts'
import { productionPrograms } from './package.ts'

const migration = 'src/migrate.ts'

type Command = { name: string; text: string; isLeaderOnly: boolean; file: string; line: number }

export const containerCommands: Rule = {
  name: 'container-commands',
  checks: 'what a container command starts is in the bundle, or a package of production brings it',
  find: project => {
    const packaged = productionPrograms(project)
    return commandsOf(project).flatMap(command => {
      const started = startedFile(command.text)
      const [, program] = /\bnpx\s+(?:-\S+\s+)*([^\s;&|]+)/.exec(command.text) ?? []
      const isTold = !started || started.startsWith('/') || isNeeded(started)
      const isThere = isTold || project.bundle.includes(started)
      const isPackaged = !program || packaged.includes(program)
      if (isThere && isPackaged) return []
      return [absent(command, String(isThere ? program : started))]
    })
  }
}

function absent({ name, file, line }: Command, what: string): Finding {
  return {
    file,
    line,
    problem: `The command ${name} starts ${what}, which an instance does not have.`,
    onAws: 'the command fails, and every deploy with it.',
    fix: 'name a file of the bundle, or a program of a package in "dependencies".'
  }
}

export const migrates: Rule = {
  name: 'migration',
  checks: 'a container command migrates the database, on one instance of an environment',
  find: project => {
    if (!project.bundle.includes(migration)) return []
    const commands = commandsOf(project).filter(({ text }) => /\bmigrat/.test(text))
    const [file = '.ebextensions/10-common.config'] = pathsLike(project, extensionFiles)
    if (commands.length === 0) return [unmigrated(file)]
    return commands.filter(({ isLeaderOnly }) => !isLeaderOnly).map(everywhere)
  }
}

function unmigrated(file: string): Finding {
  return {
    file,
    line: 1,
    problem: 'No container command migrates the database.',
    onAws: 'the first deploy has no tables, and a later one serves on those of the version before.',
    fix: `add "command: node ${migration}" with "leader_only: true" to container_commands.`
  }
}

function everywhere({ name, file, line }: Command): Finding {
  return {
    file,
    line,
    problem: `The command ${name} has no leader_only.`,
    onAws:
      'each instance migrates, also one that the scaling adds in the middle of something else.',
    fix: 'add "leader_only: true".'
  }
}

function commandsOf(project: Project): Command[] {
  return pathsLike(project, extensionFiles).flatMap(file => {
    const { root, lineOf } = yamlOf(project, file) ?? {}
    return entries(at(root, 'container_commands')).map(({ name, value, key }) => {
      const command: Node | undefined = at(value, 'command')
      return {
        name,
        text: textOf(command) ?? '',
        isLeaderOnly: textOf(at(value, 'leader_only')) === 'true',
        file,
        line: lineOf?.(command ?? key) ?? 1
      }
    })
  })
}
