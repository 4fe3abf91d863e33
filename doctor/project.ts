import { execFileSync } from 'node:child_process'
import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { readYaml, type Yaml } from './yaml.ts'

/** What the rules look at. A test plants a mistake by giving another text for a path. */
export type Project = {
  /** Text files by their path from the root: all but what git ignores, and what the EB CLI reads of that. */
  texts: ReadonlyMap<string, string>
  /** Paths that `eb deploy` would ship: the last commit without what .gitattributes leaves out. */
  bundle: readonly string[]
}

/** What git ignores and the EB CLI reads all the same. */
const untracked = ['.ebignore', '.elasticbeanstalk/**']
const largestText = 1_000_000

/** Reads a project from its git repository. Throws when it is none, or has no commit. */
export function readProject(root: string): Project {
  // New files, too: what is about to be committed is what one asks the doctor about.
  const listed = git(root, ['ls-files', '-z', '--cached', '--others', '--exclude-standard'])
  const local = globSync(untracked, { cwd: root })
  const texts = new Map<string, string>()
  for (const path of new Set([...listed, ...local])) {
    const text = readText(join(root, path))
    if (text !== undefined) texts.set(path, text)
  }
  const committed = git(root, ['ls-tree', '-r', '-z', '--name-only', 'HEAD'])
  return { texts, bundle: shipped(root, committed) }
}

/** True when `eb deploy` would ship something else than what lies in the folder. */
export function isChanged(root: string): boolean {
  return git(root, ['status', '--porcelain', '-z']).length > 0
}

function git(root: string, args: string[], input = ''): string[] {
  try {
    const output = execFileSync('git', args, {
      cwd: root,
      input,
      stdio: ['pipe', 'pipe', 'pipe'],
      maxBuffer: 64 * 1024 * 1024
    })
    return String(output).split('\0').filter(Boolean)
  } catch (error) {
    const advice = 'the doctor needs git, and a repository with a commit, for eb deploy ships that'
    throw new Error(`${advice}. ${(error as Error).message}`, { cause: error })
  }
}

/** Nothing for a binary file, a large one, or one that is not there. */
function readText(path: string): string | undefined {
  if (!existsSync(path)) return
  const about = statSync(path)
  if (!about.isFile() || about.size > largestText) return
  const text = readFileSync(path, 'utf8')
  return text.includes('\0') ? undefined : text
}

/** As `git archive`: a path is left out when it, or a folder above it, has the attribute. */
function shipped(root: string, paths: string[]): string[] {
  const all = [...new Set(paths.flatMap(path => [path, ...foldersAbove(path)]))]
  const answers = git(root, ['check-attr', '-z', '--stdin', 'export-ignore'], all.join('\0'))
  const isLeftOut = (path: string) => leftOut.has(path)
  const leftOut = new Set(answers.filter((_, index) => answers[index + 2] === 'set'))
  return paths.filter(path => ![path, ...foldersAbove(path)].some(isLeftOut))
}

/** `a/b/c` → `a/`, `a/b/` */
function foldersAbove(path: string): string[] {
  const parts = path.split('/').slice(0, -1)
  return parts.map((_, index) => `${parts.slice(0, index + 1).join('/')}/`)
}

/** By what they say, for a file is asked for by many rules. */
const parsed = new Map<string, Yaml>()

/** A file as YAML, or nothing if it is not there. */
export function yamlOf(project: Project, path: string): Yaml | undefined {
  const text = project.texts.get(path)
  if (text === undefined) return
  const yaml = parsed.get(text) ?? readYaml(text)
  parsed.set(text, yaml)
  return yaml
}

/** The paths that a pattern matches, in their order. */
export function pathsLike(project: Project, pattern: RegExp): string[] {
  return [...project.texts.keys()].filter(path => pattern.test(path)).sort()
}

export const extensionFiles = /^\.ebextensions\/[^/]+\.config$/
export const savedConfigurations =
  /^(infra\/eb|\.elasticbeanstalk(\/saved_configs)?)\/[^/]+\.cfg\.yml$/
export const templates = /^infra\/[^/]+\.(ya?ml|template|json)$/

/** The line of the first match, from 1, by a pattern or by all of some words; else the first line. */
export function lineOf(project: Project, path: string, sought: RegExp | string[]): number {
  const isMatch = (line: string) =>
    Array.isArray(sought) ? sought.every(word => line.includes(word)) : sought.test(line)
  const lines = (project.texts.get(path) ?? '').split('\n')
  return Math.max(1, lines.findIndex(isMatch) + 1)
}
