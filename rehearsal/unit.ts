import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { appLogOf, currentOf, environmentOf, type Instance } from './instance.ts'
import { nginxCommand, urlOf } from './nginx.ts'
import { readProcfile } from './procfile.ts'
import { describe, type Ending, Failure, shell, startProgram } from './program.ts'
import { together } from './together.ts'

/** The systemd units of an instance: started and stopped as Beanstalk does. */

/** systemd kills what has not ended so long after SIGTERM. */
const stopSeconds = 90
/** Those of nginx.service. */
const nginxStop = ['SIGQUIT', 5] as const

export function startApp(instance: Instance) {
  const cwd = currentOf(instance)
  const { web } = readProcfile(readFileSync(join(cwd, 'Procfile'), 'utf8'))
  const env = environmentOf(instance)
  const about = { name: `${instance.name}: ${web}`, cwd, env, log: appLogOf(instance) }
  instance.units.app = startProgram(shell(web), about)
}

export function startNginx(instance: Instance) {
  const { name, folder, logs } = instance
  const cwd = join(folder, 'nginx')
  const about = { name: `${name}: nginx`, cwd, env: {}, log: join(logs, 'nginx-error.log') }
  instance.units.nginx = startProgram(nginxCommand(cwd, logs), about)
}

/** There is none on a web instance. */
export function startSqsd(instance: Instance) {
  const { name, tier, folder, logs, ports } = instance
  if (tier === 'web') return
  const { program, flags, env } = instance.sqsd
  const cron = join(currentOf(instance), 'cron.yaml')
  const own = ['--http-url', urlOf(ports), '--cron-file', cron, '--faithful-kill']
  const about = { name: `${name}: sqsd`, cwd: folder, env, log: join(logs, 'sqsd.log') }
  instance.units.sqsd = startProgram([process.execPath, program, ...flags, ...own], about)
}

/** As Amazon's, which cuts the POSTs under way. */
export async function cutSqsd(instance: Instance) {
  instance.cutAt = Date.now()
  await instance.units.sqsd?.stop('SIGTERM', 5)
}

export async function stopNginx({ units }: Instance) {
  await units.nginx?.stop(...nginxStop)
}

/** Throws unless it ends with exit code 0 in time. */
export async function stopApp(instance: Instance): Promise<Ending> {
  const ending = await instance.units.app?.stop('SIGTERM', stopSeconds)
  if (ending?.code === 0) return ending
  const late = ending?.signal === 'SIGKILL' ? `, not having ended within ${stopSeconds} s` : ''
  const what = `${instance.name}: on SIGTERM the application ended with ${describe(ending)}${late}.`
  throw new Failure(what, appLogOf(instance))
}

/** All at once, as on a machine that shuts down; gives how the application ended. */
export async function stopAll(instance: Instance): Promise<Ending> {
  const stops = [stopApp(instance), cutSqsd(instance), stopNginx(instance)] as const
  const [ending] = await together(stops)
  return ending
}

export function isRunning({ units: { app } }: Instance) {
  return app !== undefined && app.ending() === undefined
}

/** Throws when one of them has ended by itself. */
export function checkUnits({ units }: Instance) {
  for (const unit of Object.values(units)) {
    const trouble = unit.trouble()
    if (trouble) throw new Failure(`${trouble}.`, unit.log)
  }
}
