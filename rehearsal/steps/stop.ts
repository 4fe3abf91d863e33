import type { Scenes } from '../scenes.ts'
import { together } from '../together.ts'
import { isRunning, stopAll } from '../unit.ts'

/** Nothing is at work any more. */
const longestSeconds = 20

/** All applications at once; sqsd and nginx too. */
export async function stopEverything(scenes: Scenes) {
  const running = Object.values(scenes)
    .flatMap(({ instances }) => instances)
    .filter(isRunning)
  const endings = await together(running.map(stopAll))
  const longest = Math.max(0, ...endings.map(({ seconds }) => seconds))
  if (longest > longestSeconds)
    throw new Error(`An idle application took ${longest.toFixed(1)} s to stop.`)
  return `${running.length} applications, exit code 0 after ${longest.toFixed(1)} s at most`
}
