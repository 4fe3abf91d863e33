import { dirname, join } from 'node:path/posix'
import type { Finding, Rule } from '../finding.ts'
import { lineOf, type Project } from '../project.ts'

const needed: [string, string][] = [
  ['Procfile', 'the platform starts "npm start", which is the local line.'],
  ['package.json', 'nothing is installed and nothing starts.'],
  ['package-lock.json', 'every instance fetches what is newest when it starts.'],
  ['cron.yaml', 'no periodic task ever runs, and lost jobs stay lost.'],
  ['src/main.ts', 'the application never starts.'],
  ['src/migrate.ts', 'the container command that migrates fails, and the deploy with it.'],
  ['migrations/', 'the database gets no tables.'],
  ['.ebextensions/', 'every option of the bundle has its default.'],
  ['.platform/', 'nginx cuts long jobs off after 60 s.']
]

/** Whether bundleNeeds tells when a path is not in the bundle. */
export function isNeeded(path: string): boolean {
  return needed.some(([other]) => path === other || isIn(path, other))
}

export const bundleNeeds: Rule = {
  name: 'bundle-needs',
  checks: 'the bundle of eb deploy holds all that production needs',
  find: project => {
    const has = (path: string) => project.bundle.some(other => other === path || isIn(other, path))
    return needed
      .filter(([path]) => !has(path))
      .map(([path, onAws]) => ({
        ...ruleOf(project, path),
        problem: `${path} is not in the bundle.`,
        onAws,
        fix: 'commit it, and let no line of .gitattributes leave it out.'
      }))
  }
}

/** A module of ours, by a relative path; not `import type`, which is gone when the code runs. */
const imported = /^(?:(?:import|export) (?!type )[^'"]*|\} from |.*\bimport\()['"](\.[^'"]+)['"]/

export const bundleImports: Rule = {
  name: 'bundle-imports',
  checks: 'every file of ours that the application imports is in the bundle',
  find: ({ bundle, texts }) => {
    const shipped = new Set(bundle)
    const code = bundle.filter(path => /^(src|migrations)\/.*\.[mc]?[jt]s$/.test(path))
    return code.flatMap(file =>
      (texts.get(file) ?? '').split('\n').flatMap((text, index) => {
        const [, path] = imported.exec(text) ?? []
        const place = join(dirname(file), path ?? '')
        if (!path || shipped.has(place) || isNeeded(place)) return []
        return [
          {
            file,
            line: index + 1,
            problem: `${path} is imported here and is not in the bundle.`,
            onAws: 'the application does not start: ERR_MODULE_NOT_FOUND.',
            fix: 'commit it, and let no line of .gitattributes leave it out.'
          }
        ]
      })
    )
  }
}

/** What production never reads; a folder by its name anywhere, or at the root. */
const useless =
  /(^|\/)(node_modules|coverage|__tests__|\.git)\/|^(\.ci|\.github|bench|capacity|chaos|docs|doctor|examples|fuzz|infra|rehearsal|test|tests|data)\/|\.test\.[mc]?[jt]s$|\.log$/

export const bundleExtras: Rule = {
  name: 'bundle-extras',
  checks: 'the bundle holds no tests, documents, tools or modules',
  find: ({ bundle }) => {
    const places = new Map<string, string>()
    for (const path of bundle) {
      const [match] = useless.exec(path) ?? []
      if (match) places.set(placeOf(path, match), path)
    }
    return [...places].map(([place, example]) => extraFinding(place, example))
  }
}

function placeOf(path: string, match: string) {
  return match.endsWith('/') ? path.slice(0, path.indexOf(match) + match.length) : path
}

function extraFinding(place: string, example: string): Finding {
  const isModules = place.endsWith('node_modules/')
  return {
    file: isModules ? example : '.gitattributes',
    line: 1,
    problem: `${place} is in the bundle${isModules ? ', so it is in git' : ''}.`,
    onAws: isModules
      ? 'npm installs nothing, and modules built for your machine fail on Amazon Linux.'
      : 'every instance unpacks it at every deploy and has no use for it.',
    fix: isModules
      ? 'run "git rm -r --cached node_modules", and add it to .gitignore.'
      : `add the line "/${place.replace(/\/$/, '')} export-ignore".`
  }
}

/** What the EB CLI must not take from the disk when .ebignore replaces git. */
const unwanted = ['.git', 'node_modules', '.env', 'test', 'infra']

export const ebignore: Rule = {
  name: 'ebignore',
  checks: 'there is no .ebignore, or it leaves out what git would',
  find: ({ texts }) => {
    const text = texts.get('.ebignore')
    if (text === undefined) return []
    const lines = text.split('\n').map(line => line.trim().replace(/^\/|\/$|\*$/g, ''))
    const missing = unwanted.filter(path => !lines.includes(path))
    if (missing.length === 0) return []
    return [
      {
        file: '.ebignore',
        line: 1,
        problem: `.ebignore does not list ${missing.join(', ')}.`,
        onAws:
          'with it eb deploy ships the folder as it lies on your disk, uncommitted and secret files too.',
        fix: 'delete it: without it eb deploy ships the last commit and reads .gitattributes.'
      }
    ]
  }
}

/** The line of .gitattributes that leaves a path out, as far as its text tells. */
function ruleOf(project: Project, path: string) {
  const name = path.replace(/\/$/, '')
  return {
    file: '.gitattributes',
    line: lineOf(project, '.gitattributes', [name, 'export-ignore'])
  }
}

function isIn(path: string, folder: string) {
  return folder.endsWith('/') && path.startsWith(folder)
}
