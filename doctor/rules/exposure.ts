import { environments, setting } from '../environment.ts'
import type { Finding, Rule } from '../finding.ts'
import type { Project } from '../project.ts'
import { resourcesOf } from '../template.ts'
import { at, textOf } from '../yaml.ts'

/** A property of a resource, the one value that is safe, and what another does. */
type Guard = { type: string; path: string[]; safe: string; onAws: string }

const shut = 'PublicAccessBlockConfiguration'
const readable = 'a policy or an ACL that is added later opens the files to everybody.'
const guards: Guard[] = [
  {
    type: 'AWS::RDS::DBInstance',
    path: ['PubliclyAccessible'],
    safe: 'false',
    onAws: 'the database has an address in the internet, and only a security group in front of it.'
  },
  {
    type: 'AWS::RDS::DBInstance',
    path: ['StorageEncrypted'],
    safe: 'true',
    onAws: 'the disks and snapshots of the database can be read by whoever gets a copy.'
  },
  {
    type: 'AWS::RDS::DBParameterGroup',
    path: ['Parameters', 'require_secure_transport'],
    safe: '1',
    onAws: 'whoever connects without TLS is let in, and names and amounts cross the network open.'
  },
  ...['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'].map(
    name => ({
      type: 'AWS::S3::Bucket',
      path: [shut, name],
      safe: 'true',
      onAws: readable
    })
  )
]

export const exposure: Rule = {
  name: 'exposure',
  checks: 'database and files are closed to the internet and encrypted, and instances use IMDSv2',
  find: project => [...guards.flatMap(guard => open(project, guard)), ...metadata(project)]
}

function open(project: Project, { type, path, safe, onAws }: Guard): Finding[] {
  return resourcesOf(project, type).flatMap(({ template, id, key, properties }) => {
    const node = at(properties, ...path)
    if (node && (textOf(node) ?? safe).toLowerCase() === safe) return []
    return [
      {
        file: template.file,
        line: template.lineOf(node ?? key),
        problem: `${path.at(-1)} of ${id} is ${node ? textOf(node) : 'not set'}.`,
        onAws,
        fix: `set ${path.join('.')} to ${safe}.`
      }
    ]
  })
}

const launch = 'aws:autoscaling:launchconfiguration'

function metadata(project: Project): Finding[] {
  return environments(project).flatMap(environment => {
    const set = setting(environment, launch, 'DisableIMDSv1')
    if (!set || set.value.toLowerCase() === 'true') return []
    return [
      {
        file: set.file,
        line: set.line,
        problem: `DisableIMDSv1 is ${set.value}.`,
        onAws:
          "whoever makes a process fetch a URL is given the credentials of the instance's role.",
        fix: 'set it to true.'
      }
    ]
  })
}
