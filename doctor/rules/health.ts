import {
  type Environment,
  environments,
  environmentsOf,
  placeFor,
  setting
} from '../environment.ts'
import type { Finding, Rule } from '../finding.ts'

const reporting = 'aws:elasticbeanstalk:healthreporting:system'

export const healthReporting: Rule = {
  name: 'health-reporting',
  checks: 'health is enhanced, and what a worker puts off (409) does not count against it',
  find: project => [
    ...environments(project).flatMap(basic),
    ...environmentsOf(project, 'worker').flatMap(counted)
  ]
}

function basic(environment: Environment): Finding[] {
  const set = setting(environment, reporting, 'SystemType')
  if (set?.value.toLowerCase() === 'enhanced') return []
  const { file, line } = set ?? placeFor(environment, reporting)
  const onAws = 'a deploy goes on with a version that fails, and no alarm on the health ever comes.'
  const fix = `set SystemType in ${reporting} to enhanced.`
  return [{ file, line, problem: 'The health is not enhanced.', onAws, fix }]
}

/** sqsd is answered 409 while another attempt holds the job, and Beanstalk counts that as a failed request. */
function counted(worker: Environment): Finding[] {
  const set = setting(worker, reporting, 'ConfigDocument')
  if (isOff(set?.value)) return []
  const { file, line } = set ?? placeFor(worker, reporting)
  return [
    {
      file,
      line,
      problem: 'No ConfigDocument in JSON leaves 4xx out of the health of the worker.',
      onAws:
        'jobs that come while another attempt holds them turn the environment red, and a deploy fails.',
      fix: 'set {"Version":1,"Rules":{"Environment":{"Application":{"ApplicationRequests4xx":{"Enabled":false}}}}}.'
    }
  ]
}

function isOff(text = '') {
  try {
    const { Rules } = JSON.parse(text)
    return Rules.Environment.Application.ApplicationRequests4xx.Enabled === false
  } catch {
    return false
  }
}
