import type { SceneName, Scenes } from './scenes.ts'

export type Step = {
  /** For `--only`. */
  name: string
  title: string
  /** Where it plays. */
  scenes: SceneName[]
  /** The steps that must be over before. */
  after?: string[]
  /** Plays it; gives what there is to tell. Throws when it does not go as it should. */
  play(scenes: Scenes): Promise<string>
}

export type Played = { step: Pick<Step, 'name' | 'title'>; seconds: number } & (
  | { told: string }
  | { error: Error }
)

/**
 * Plays steps, each as soon as those that it comes after are over, passed or not. Gives what became of
 * them in the order of the list; never rejects.
 */
export async function playAll(
  steps: Step[],
  scenes: Scenes,
  report: { begins(step: Step): void; ends(played: Played): void }
): Promise<Played[]> {
  const plays = new Map<string, Promise<Played>>()
  for (const step of steps) {
    const before = (step.after ?? []).map(name => plays.get(name))
    const turn = Promise.all(before).then(async () => {
      report.begins(step)
      const played = await play(step, () => step.play(scenes))
      report.ends(played)
      return played
    })
    plays.set(step.name, turn)
  }
  return await Promise.all(plays.values())
}

/** Plays one step, and takes the time. */
export async function play(step: Played['step'], act: () => Promise<string>): Promise<Played> {
  const startedAt = performance.now()
  const seconds = () => (performance.now() - startedAt) / 1000
  try {
    const told = await act()
    return { step, seconds: seconds(), told }
  } catch (error) {
    return { step, seconds: seconds(), error: error as Error }
  }
}
