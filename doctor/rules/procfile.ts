import type { Finding, Rule } from '../finding.ts'
import type { Project } from '../project.ts'

const file = 'Procfile'
/** As the Developer Guide has it. */
const form = /^[A-Za-z0-9_-]+:\s*[^\s].*$/

export const procfileForm: Rule = {
  name: 'procfile-form',
  checks: 'every line of Procfile is "name: command", and one is web',
  find: project => {
    const lines = linesOf(project)
    const wrong = lines
      .filter(({ text }) => !form.test(text))
      .map(({ line }) => ({
        file,
        line,
        problem: 'This line is not "name: command".',
        onAws: 'the deploy fails: the platform refuses the Procfile.',
        fix: 'write "web: node src/main.ts", without comments.'
      }))
    const hasWeb = lines.some(({ text }) => text.startsWith('web:'))
    return hasWeb || wrong.length > 0 ? wrong : [...wrong, noWeb(project)]
  }
}

function noWeb(project: Project): Finding {
  return {
    file,
    line: 1,
    problem: project.texts.has(file) ? 'No process is named web.' : 'There is no Procfile.',
    onAws: 'nginx and sqsd reach only the process web; without one, npm start runs the local line.',
    fix: 'write "web: node src/main.ts".'
  }
}

export const procfileCommand: Rule = {
  name: 'procfile-command',
  checks: 'what Procfile starts is in the bundle, and is node itself',
  find: project =>
    linesOf(project).flatMap(({ text, line }) => {
      if (!form.test(text)) return []
      const command = text.replace(/^[^:]*:\s*/, '')
      return [...viaOther(command, line), ...notThere(project, command, line)]
    })
}

const start = 'start node itself: "web: node src/main.ts".'
const variables = String.raw`^(\w+=\S*\s+)*`

/** Ways to start an application that go wrong; the first that fits is told. */
const ways: { is: RegExp; problem: string; onAws: string; fix: string }[] = [
  {
    is: /\b(npm|npx|yarn|pnpm)\b/,
    problem: 'starts the application through a package manager',
    onAws: 'it stands between systemd and node: SIGTERM may not arrive, and jobs are cut off.',
    fix: start
  },
  {
    is: new RegExp(`${variables}PORT=`),
    problem: 'sets PORT',
    onAws: 'the application listens elsewhere than nginx looks for it: 502 for everyone.',
    fix: 'leave it out; the platform sets PORT.'
  },
  {
    is: /\s--watch\b/,
    problem: 'is for developers',
    onAws: 'node starts the application in a process below it, and anew whenever a file changes.',
    fix: start
  },
  {
    is: new RegExp(`${variables}(?!\\w+=|node\\s)\\S|[;&|]`),
    problem: 'is not node itself',
    onAws: 'a shell stands between systemd and node, or a file that nobody may execute.',
    fix: start
  }
]

function viaOther(command: string, line: number): Finding[] {
  const way = ways.find(({ is }) => is.test(command))
  if (!way) return []
  const { problem, onAws, fix } = way
  return [{ file, line, problem: `"${command}" ${problem}.`, onAws, fix }]
}

function notThere({ bundle }: Project, command: string, line: number): Finding[] {
  const [, started] = /^(?:\w+=\S*\s+)*node\s+(?:-\S+\s+)*([^\s-]\S*)/.exec(command) ?? []
  if (!started || bundle.includes(started.replace(/^\.\//, ''))) return []
  return [
    {
      file,
      line,
      problem: `${started} is not in the bundle.`,
      onAws: 'the application never starts: 502 for everyone.',
      fix: 'write the path of a file that git has and .gitattributes does not leave out.'
    }
  ]
}

function linesOf({ texts }: Project) {
  const lines = (texts.get(file) ?? '')
    .split('\n')
    .map((text, index) => ({ text, line: index + 1 }))
  return lines.filter(({ text }) => text.trim() !== '')
}
