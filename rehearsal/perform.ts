import { join } from 'node:path'
import type { Folders } from './folders.ts'
import { openReport } from './report.ts'
import { casts, everywhere, type SceneName, type Scenes, startScene } from './scenes.ts'
import { openStage, type Stage } from './stage.ts'
import { type Played, play, playAll, type Step } from './step.ts'
import { together } from './together.ts'

/** Comes before all other steps. */
export const start = { name: 'start', title: 'bundle, install, migrate, start, healthy' }

/** Plays the steps, and says what becomes of them; true when all have passed. */
export async function perform(root: string, steps: Step[], folders: Folders): Promise<boolean> {
  const report = openReport()
  const used = everywhere.filter(name => steps.some(({ scenes }) => scenes.includes(name)))
  let scenes = {} as Scenes
  report.begins(start)
  const opened = await play(start, async () => {
    const count = used.flatMap(name => casts[name]).length
    const stage = await openStage(root, folders, count)
    report.say(describe(stage))
    scenes = await startScenes(stage, used)
    return `${stage.installSeconds.toFixed(1)} s of it for npm install; instances: ${count}`
  })
  report.ends(opened)
  const played = 'told' in opened ? await playAll(steps, scenes, report) : []
  const all = [opened, ...played]
  report.table(all)
  for (const one of all) if ('error' in one) report.explain(one, logsOf(one, steps, folders))
  return report.sum(all, steps.length + 1)
}

async function startScenes(stage: Stage, names: SceneName[]) {
  const scenes = names.map(async name => [name, await startScene(stage, name)] as const)
  return Object.fromEntries(await together(scenes)) as Scenes
}

function describe({ bundle: { commit, isBehind } }: Stage) {
  const warning = `
      WARNING: the work tree has changes that are not committed. They are not rehearsed, and
      eb deploy would not ship them: the bundle is the last commit.`
  return `      The bundle is ${commit}, with a kind of job added after the installation: nap, which takes as
      long as it is told to, and long-nap, acknowledged before it ends (src/jobs/nap/, and a line in src/jobs/index.ts).${isBehind ? warning : ''}`
}

/** The folders of the logs where a step has played. */
function logsOf({ step }: Played, steps: Step[], { logs }: Folders) {
  const { scenes = [] } = steps.find(({ name }) => name === step.name) ?? {}
  return scenes.flatMap(scene =>
    casts[scene].flatMap((tier, index) =>
      tier === 'worker' ? join(logs, `${scene}-${index + 1}-${tier}`) : []
    )
  )
}
