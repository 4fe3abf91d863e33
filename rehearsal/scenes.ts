import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Tier } from './deployed.ts'
import { healthy, type Instance } from './instance.ts'
import { launch } from './launch.ts'
import { openScene, type Scene } from './scene.ts'
import type { Stage } from './stage.ts'
import { together } from './together.ts'
import { startSqsd } from './unit.ts'

export type SceneName = keyof typeof casts
export type Scenes = Record<SceneName, Scene>

/** Who plays where. */
export const casts = {
  line: ['web', 'worker'],
  long: ['worker'],
  bare: ['worker'],
  pair: ['worker', 'worker']
} satisfies Record<string, Tier[]>

export const everywhere = Object.keys(casts) as SceneName[]

/** The sqsd of the second one is started by its story. */
const isLate = (scene: SceneName, index: number) => scene === 'pair' && index === 1

/** Opens a scene with everything in it running. */
export async function startScene(stage: Stage, name: SceneName): Promise<Scene> {
  const scene = await openScene(stage, name, casts[name])
  const { instances } = scene
  const change = name === 'bare' ? withoutNginxFiles : undefined
  const isLeader = (one: Instance) => one === instances.find(({ tier }) => tier === one.tier)
  const start = (one: Instance) => launch(one, { ...stage, isLeader: isLeader(one), change })
  // The leader of an environment migrates before the others start; those of both tiers do so at once.
  await together(instances.filter(isLeader).map(start))
  await together(instances.filter(one => !isLeader(one)).map(start))
  await together(instances.map(healthy))
  instances.filter((_, index) => !isLate(name, index)).forEach(startSqsd)
  return scene
}

function withoutNginxFiles(bundle: string) {
  rmSync(join(bundle, '.platform/nginx'), { recursive: true, force: true })
}
