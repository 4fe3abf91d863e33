import { accessesOf, entriesOf, type Instance } from '../instance.ts'
import { misdelivered } from '../job.ts'
import { watch, workersOf } from '../scene.ts'
import type { Scenes } from '../scenes.ts'

/** A tick of cron.yaml comes through the queue, and the sweep runs. */
export async function tick({ line }: Pick<Scenes, 'line'>) {
  const worker = workersOf(line)[0] as Instance
  const posts = () => accessesOf(worker).filter(({ path }) => path === '/cron/sweep')
  const isSwept = () => entriesOf(worker).some(({ task }) => task === 'sweep')
  await watch(line, 'a tick has reached the worker', () => posts().length > 0, 80)
  await watch(line, 'the sweep has run', isSwept, 10)
  const [post] = posts()
  if (post?.status !== 200 || !post.message)
    throw misdelivered(
      line,
      `The tick should come in a message and be answered with 200: ${post?.status}.`
    )
  return 'POST /cron/sweep, 200'
}
