import { deploy } from '../deploy.ts'
import { healthy, type Instance } from '../instance.ts'
import { checkOnce, checkState, finished, started } from '../job.ts'
import { closedGate, orderNap } from '../order.ts'
import { quiet, workersOf } from '../scene.ts'
import type { Scenes } from '../scenes.ts'
import { together } from '../together.ts'
import { orderInvoice } from './form.ts'

/** How long the job goes on after the order to stop, of the 60 s that it may. */
const afterSeconds = 10

/** The next version, while a job and one of a long kind are at work. */
export async function deployVersion({ line }: Pick<Scenes, 'line'>) {
  const worker = workersOf(line)[0] as Instance
  const gate = closedGate(line)
  const job = await orderNap(line, { seconds: 0, gate: gate.file })
  const ofLongKind = await orderNap(line, { seconds: 0, gate: gate.file }, 'long-nap')
  const both = [job, ofLongKind]
  await together(both.map(one => started(line, one)))
  async function beforeStop() {
    for (const one of both)
      await checkState(line, one, 'running', 'When the application is told to stop')
    gate.openAfter(afterSeconds)
  }
  const { bundle } = line.stage
  const { seconds } = await deploy(worker, { bundle, kind: 'hooks', beforeStop })
  for (const one of both) {
    await checkState(line, one, 'finished', 'When the old version has ended')
    await checkOnce(line, one)
  }

  await healthy(worker)
  await quiet(line)
  await finished(line, await orderNap(line, { seconds: 0 }), 20)
  return `both jobs finished once, exit code 0 ${seconds.toFixed(1)} s after SIGTERM; the new version works`
}

/** An environment property changes: the same bundle is staged again. */
export async function deployConfig({ line }: Pick<Scenes, 'line'>) {
  const sender = 'changed@beanline.example'
  const { stage, instances } = line
  const { bundle } = stage
  for (const { properties } of instances) properties['MAIL_FROM'] = sender
  await together(instances.map(one => deploy(one, { bundle, kind: 'confighooks' })))
  await together(instances.map(healthy))
  await quiet(line)
  const { from } = await orderInvoice(line)
  if (from !== sender) throw new Error(`The mail should come from ${sender}, and is from ${from}.`)
  return 'both tiers staged again; a job by the form is mailed from the changed address'
}
