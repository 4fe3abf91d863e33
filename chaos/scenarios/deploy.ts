import { setTimeout } from 'node:timers/promises'
import type { Scenario } from '../scenario.ts'

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
  async play({ web, workers, daemons }) {
    for (let count = 0; count < deploys; count += 1) {
      const next = setTimeout(everySeconds * 1000)
      const [worker, daemon] = [workers[count % 2], daemons[count % 2]]
      const others = count % 2 === 0 ? [web.deploy()] : []
      const endings = await Promise.all([daemon?.deploy().then(() => worker?.deploy()), ...others])
      for (const ending of endings)
        if (ending?.code !== 0) throw new Error(`A deploy ended with ${JSON.stringify(ending)}.`)
      await next
    }
  }
}
