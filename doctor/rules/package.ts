import type { Finding, Rule } from '../finding.ts'
import { missingProgram, startedFile } from '../install-script.ts'
import { lineOf, type Project } from '../project.ts'

const file = 'package.json'
const lockFile = 'package-lock.json'

type Package = {
  scripts?: Record<string, string>
  allowScripts?: Record<string, boolean>
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
}
type Locked = Package & {
  version?: string
  dev?: boolean
  hasInstallScript?: boolean
  bin?: Record<string, string>
}
type Lock = { packages?: Record<string, Locked> }

/** npm runs these of the root package on every instance, with `--omit=dev`. */
const installScripts = [
  ...['preinstall', 'install', 'postinstall'],
  ...['preprepare', 'prepare', 'postprepare']
]

export const packageScripts: Rule = {
  name: 'package-scripts',
  checks: 'no install script needs a development dependency, or a file that is not in the bundle',
  find: project => {
    const { scripts = {} } = read<Package>(project, file)
    const packaged = new Set(productionPrograms(project))
    return installScripts.flatMap(name => {
      const command = expand(scripts, name)
      const started = startedFile(command)
      const missing = started && !project.bundle.includes(started) ? started : undefined
      const needed = missingProgram(command, packaged) ?? missing
      return needed ? [installFinding(project, name, needed)] : []
    })
  }
}

function installFinding(project: Project, name: string, needed: string): Finding {
  return {
    file,
    line: lineOf(project, file, [`"${name}":`]),
    problem: `The script "${name}" needs ${needed}, which an instance does not have.`,
    onAws: `"npm --omit=dev install" fails ("${needed}: not found"); where scripts are ignored, what it makes is missing.`,
    fix: 'delete the script; what a developer needs belongs into one that is run by hand.'
  }
}

/** A script with those that it runs by `npm run`. */
function expand(scripts: Record<string, string>, name: string, depth = 0): string {
  const command = scripts[name] ?? ''
  const called = [...command.matchAll(/\bnpm (?:run )?([\w:-]+)/g)].map(([, other = '']) => other)
  if (depth > 5) return command
  return [command, ...called.map(other => expand(scripts, other, depth + 1))].join(' ; ')
}

/**
 * Packages of production that have an install script. The lock file does not count what npm makes up for a
 * binding.gyp; such a package is one that "allowScripts" forbids, which older versions of npm do not read.
 */
export function installedScripts(project: Project): string[] {
  const { dependencies = {}, allowScripts = {} } = read<Package>(project, file)
  const { packages = {} } = read<Lock>(project, lockFile)
  const locked = Object.entries(packages)
    .filter(([, { dev, hasInstallScript }]) => !dev && hasInstallScript)
    .map(([path]) => path.replace(/^.*node_modules\//, ''))
  const forbidden = Object.keys(dependencies).filter(name => allowScripts[name] === false)
  return [...forbidden, ...locked]
}

/** Names of programs that `npm --omit=dev install` brings. */
export function productionPrograms(project: Project): string[] {
  const { packages = {} } = read<Lock>(project, lockFile)
  return Object.values(packages).flatMap(({ dev, bin }) => (!dev && bin ? Object.keys(bin) : []))
}

export const packageImports: Rule = {
  name: 'package-imports',
  checks: 'what the application imports is in dependencies',
  find: project => {
    const { dependencies = {}, optionalDependencies = {} } = read<Package>(project, file)
    const known = new Set(Object.keys({ ...dependencies, ...optionalDependencies }))
    return importsOf(project)
      .filter(({ name }) => !known.has(name))
      .map(importFinding)
  }
}

type Import = { name: string; file: string; line: number }

function importFinding({ name, ...place }: Import): Finding {
  return {
    ...place,
    problem: `${name} is imported here and is not in "dependencies".`,
    onAws:
      '"npm --omit=dev install" leaves it out, and the application does not start: ERR_MODULE_NOT_FOUND.',
    fix: `move ${name} to "dependencies", or import it in src/local/ only.`
  }
}

/** Packages that the code in the bundle imports when it runs; src/local/ never runs on Beanstalk. */
function importsOf({ bundle, texts }: Project): Import[] {
  const code = bundle.filter(path => /^(src|migrations)\/(?!local\/).*\.[mc]?[jt]s$/.test(path))
  return code.flatMap(path =>
    (texts.get(path) ?? '').split('\n').flatMap((text, index) => {
      const [, name] = importPattern.exec(text) ?? []
      if (!name || /^(node:|#|\w+:)/.test(name)) return []
      return [{ name: bare(name), file: path, line: index + 1 }]
    })
  )
}

/** Not `import type`, which is gone when the code runs. */
const importPattern =
  /^(?:import (?!type )(?:.* from )?|export (?!type ).* from |\} from |.*\bimport\()['"]([^'"./][^'"]*)['"]/

/** `@aws-sdk/client-s3/x` → `@aws-sdk/client-s3` */
function bare(name: string) {
  const parts = name.split('/').slice(0, name.startsWith('@') ? 2 : 1)
  return parts.join('/')
}

export const packageLock: Rule = {
  name: 'package-lock',
  checks: 'package-lock.json is there and says what package.json says',
  find: project => {
    if (!project.texts.has(lockFile))
      return [lockFinding(project, 'There is no package-lock.json.', 'dependencies')]
    const own = read<Package>(project, file)
    const { packages = {} } = read<Lock>(project, lockFile)
    return differences(own, packages).map(([problem, name]) => lockFinding(project, problem, name))
  }
}

function differences(own: Package, packages: Record<string, Locked>): [string, string][] {
  const root = packages[''] ?? {}
  const names = new Set(
    [own, root].flatMap(one => kindsOf(one).flatMap(([, of]) => Object.keys(of)))
  )
  const isSame = (name: string) =>
    said(own, name) === said(root, name) && packages[`node_modules/${name}`] !== undefined
  return [...names]
    .filter(name => !isSame(name))
    .map(name => [
      `package-lock.json has ${name} ${said(root, name)}, package.json ${said(own, name)}.`,
      name
    ])
}

/** `1.2.3 in dependencies` */
function said(about: Package, name: string) {
  const places = kindsOf(about).filter(([, versions]) => versions[name] !== undefined)
  const words = places.map(([kind, versions]) => `${versions[name]} in ${kind}`)
  return words.join(' and ') || 'not at all'
}

function kindsOf({ dependencies = {}, devDependencies = {} }: Package) {
  return Object.entries({ dependencies, devDependencies })
}

function lockFinding(project: Project, problem: string, name: string): Finding {
  return {
    file,
    line: lineOf(project, file, [`"${name}":`]),
    problem,
    onAws: 'every instance fetches what is newest when it starts, and two may differ.',
    fix: 'run npm install and commit package-lock.json.'
  }
}

function read<Form>(project: Project, path: string): Form {
  try {
    return JSON.parse(project.texts.get(path) ?? '{}') as Form
  } catch {
    return {} as Form
  }
}
