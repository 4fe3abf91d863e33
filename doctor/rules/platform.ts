import type { Finding, Rule } from '../finding.ts'
import { type Project, pathsLike, savedConfigurations } from '../project.ts'

/** When a branch of the Node.js platform was retired; the later ones are alive. */
const retired: Record<string, string> = { 18: '2025-08-11', 20: '2026-07-31' }
const oldest = 18
const files = /^\.elasticbeanstalk\/[^/]+\.yml$/

export const platformBranch: Rule = {
  name: 'platform-branch',
  checks: 'the platform is a living branch with a Node that runs the bundle',
  find: project =>
    [...pathsLike(project, files), ...pathsLike(project, savedConfigurations)].flatMap(file =>
      (project.texts.get(file) ?? '').split('\n').flatMap((text, index) => {
        const said = text.replace(/(^|\s)#.*$/, '')
        const [, node, linux] = /Node\.js (\d+) .*Amazon Linux (\d+)/.exec(said) ?? []
        return node && linux ? wrongBranch(project, { file, line: index + 1, node, linux }) : []
      })
    )
}

type Branch = { file: string; line: number; node: string; linux: string }

function wrongBranch(project: Project, { file, line, node, linux }: Branch): Finding[] {
  const date = retired[node]
  const isRetired = date !== undefined || Number(node) < oldest
  const least = leastNode(project)
  if (!isRetired && linux === '2023' && Number(node) >= least) return []
  const since = date ? ` on ${date}` : ''
  return [
    {
      file,
      line,
      problem: isRetired
        ? `The branch Node.js ${node} was retired${since}.`
        : `Node.js ${node} on Amazon Linux ${linux} does not run this bundle, which needs Node ${least} on Amazon Linux 2023.`,
      onAws: isRetired
        ? 'no environment can be made on it, and those that run get no more updates.'
        : 'TypeScript is not run as it is there, or the proxy is laid out in another way.',
      fix: `write "Node.js ${Math.max(24, least)} running on 64bit Amazon Linux 2023".`
    }
  ]
}

/** The major version in `engines` of package.json. */
function leastNode(project: Project): number {
  const [, major = '0'] =
    /"node": *"[^"\d]*(\d+)/.exec(project.texts.get('package.json') ?? '') ?? []
  return Number(major)
}
