import { readCronFile } from '../../src/sqsd/cron-file.ts'
import { environmentsOf, setting, sqsd } from '../environment.ts'
import type { Finding, Rule } from '../finding.ts'
import { lineOf, type Project } from '../project.ts'
import { openTiers, taskNames } from '../tiers.ts'

const cron = 'cron.yaml'

export const cronSyntax: Rule = {
  name: 'cron-syntax',
  checks: 'sqsd can read cron.yaml',
  find: project => {
    const { error = '' } = readTasks(project)
    return error.split('\n').filter(Boolean).map(cronMistake)
  }
}

function cronMistake(text: string): Finding {
  const [, line = '1', sentence = text] = /^cron\.yaml(?::(\d+))?:? *(.*)$/.exec(text) ?? []
  return {
    file: cron,
    line: Number(line),
    problem: sentence,
    onAws: 'sqsd does not start, and with it the whole deploy to the worker fails.',
    fix: 'write the five fields of cron in quotes, in UTC, and a url that begins with "/".'
  }
}

export const cronFields: Rule = {
  name: 'cron-fields',
  checks: 'no schedule has a sixth field',
  find: project =>
    readTasks(project).notes.flatMap(note => {
      const [, line, sentence = ''] = /^cron\.yaml:(\d+): (.*)$/s.exec(note) ?? []
      if (!line) return []
      return [
        {
          file: cron,
          line: Number(line),
          problem: sentence,
          onAws: '"*/30 * * * * *" runs every 30 minutes, not every 30 seconds.',
          fix: 'write five fields; nothing runs more often than once a minute.'
        }
      ]
    })
}

export const cronRoutes: Rule = {
  name: 'cron-routes',
  checks: 'the worker answers 200 to every url of cron.yaml',
  async find(project) {
    const { post } = await openTiers()
    const found: Finding[] = []
    for (const { name, url } of readTasks(project).tasks) {
      const status = await post(url)
      if (status === 200) continue
      found.push({
        file: cron,
        line: lineOf(project, cron, ['url:', url]),
        problem: `The worker answers ${status} to the url ${url} of "${name}".`,
        onAws: 'every tick fails until it is a dead letter, and the task is never done.',
        fix: `use one of ${taskNames.map(task => `/cron/${task}`).join(', ')}, or add the task to src/worker/app.ts.`
      })
    }
    return found
  }
}

export const cronTasks: Rule = {
  name: 'cron-tasks',
  checks: 'every task of the worker has its line in cron.yaml',
  find: project => {
    const { tasks, error } = readTasks(project)
    if (error) return []
    const urls = new Set(tasks.map(({ url }) => url))
    return taskNames
      .filter(name => !urls.has(`/cron/${name}`))
      .map(name => ({
        file: cron,
        line: lineOf(project, cron, /^cron:/),
        problem: `Nothing here calls the task "${name}" of the worker.`,
        onAws: name === 'sweep' ? 'a job whose message is lost stays lost.' : 'it is never done.',
        fix: `add a task with url: /cron/${name}.`
      }))
  }
}

export const httpPath: Rule = {
  name: 'http-path',
  checks: 'the worker takes jobs at HttpPath',
  async find(project) {
    const { post } = await openTiers()
    const found: Finding[] = []
    for (const worker of environmentsOf(project, 'worker')) {
      const set = setting(worker, sqsd, 'HttpPath')
      // The message is empty: a route for jobs says so with 400, and any other does not.
      if ((await post(set?.value ?? '/')) === 400) continue
      found.push({
        file: set?.file ?? worker.file,
        line: set?.line ?? 1,
        problem: `The worker has no route for jobs at HttpPath ${set?.value ?? '/'}.`,
        onAws: 'every message is answered 404 and becomes a dead letter.',
        fix: 'set it to /, where src/worker/app.ts takes jobs.'
      })
    }
    return found
  }
}

export const healthCheck: Rule = {
  name: 'health-check',
  checks: 'the web tier answers 200 at its health check path',
  async find(project) {
    const { check } = await openTiers()
    const found: Finding[] = []
    for (const web of environmentsOf(project, 'web')) {
      const set = setting(
        web,
        'aws:elasticbeanstalk:environment:process:default',
        'HealthCheckPath'
      )
      const status = await check(set?.value ?? '/')
      if (status === 200) continue
      found.push({
        file: set?.file ?? web.file,
        line: set?.line ?? 1,
        problem: `The web tier answers ${status} at ${set?.value ?? '/'}.`,
        onAws: 'the load balancer takes every instance out, and people get 503.',
        fix: 'set HealthCheckPath to /healthz.'
      })
    }
    return found
  }
}

function readTasks(project: Project) {
  const notes: string[] = []
  try {
    const text = project.texts.get(cron)
    if (text === undefined) return { tasks: [], notes }
    return { tasks: readCronFile(text, cron, (_category, note) => void notes.push(note)), notes }
  } catch (error) {
    return { tasks: [], notes, error: (error as Error).message }
  }
}
