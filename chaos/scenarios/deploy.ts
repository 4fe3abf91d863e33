import { setTimeout } from 'node:timers/promises'
import type { Scenario } from '../scenario.ts'
import type { Stage } from '../stage.ts'

const deploys = 4
const everySeconds = 10

/** One instance after the other, in Beanstalk's order: sqsd is cut off, then the application is asked to stop. */
export const deploy: Scenario = {
  name: 'deploy',
  title: 'a deploy every 10 s: SIGTERM to sqsd and worker or to web, and new processes',
  kind: 'invoice',
  jobs: 400,
  seconds: deploys * everySeconds,
  settings: { sqsd: ['--faithful-kill'] },
  async play(stage) {
    for (let count = 0; count < deploys; count += 1) {
      const next = setTimeout(everySeconds * 1000)
      const web = count % 2 === 0 ? [stage.web.deploy()] : []
      const endings = await Promise.all([deployWorker(stage, count % 2), ...web])
      for (const ending of endings)
        if (ending?.code !== 0) throw new Error(`A deploy ended with ${JSON.stringify(ending)}.`)
      // The next one begins when the health checks of this one have passed.
      await Promise.all([next, stage.ready()])
    }
  }
}

async function deployWorker({ workers, daemons }: Stage, place: number) {
  await daemons[place]?.deploy()
  return await workers[place]?.deploy()
}
