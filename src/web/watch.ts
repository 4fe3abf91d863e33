import type { Database } from '../database.ts'
import { find, type Job } from '../queue/job.ts'

type Follower = { last: string; tell: (job: Job) => void; leave: () => void }

/** How often a followed job is looked up, however many people follow it. */
const pollMilliseconds = 400

/**
 * Follows jobs in the database, which is all that the web tier shares with the worker. It looks only
 * while somebody follows, once for all followers of a job.
 */
export function openWatch(database: Database) {
  const followers = new Map<number, Set<Follower>>()
  let timer: NodeJS.Timeout | undefined
  let isClosed = false

  async function look() {
    await Promise.all([...followers.keys()].map(lookAt)).catch(() => {})
    timer = followers.size > 0 ? setTimeout(look, pollMilliseconds) : undefined
  }

  async function lookAt(id: number) {
    const job = await find(database, id)
    if (job) for (const follower of followers.get(id) ?? []) inform(follower, job)
  }

  return {
    /**
     * Tells how the job stands now and at each change, until the returned function is called.
     * `leave` is called when the watch closes, or at once if it has closed.
     */
    follow(job: Job, tell: Follower['tell'], leave: Follower['leave']): () => void {
      const follower = { last: '', tell, leave }
      inform(follower, job)
      if (isClosed) {
        leave()
        return () => {}
      }
      const others = followers.get(job.id) ?? new Set()
      followers.set(job.id, others.add(follower))
      timer ??= setTimeout(look, pollMilliseconds)
      return () => {
        others.delete(follower)
        if (others.size === 0) followers.delete(job.id)
      }
    },

    close() {
      isClosed = true
      clearTimeout(timer)
      for (const each of followers.values()) for (const { leave } of each) leave()
      followers.clear()
    }
  }
}

function inform(follower: Follower, job: Job) {
  const { state, progress, attempts, run_at } = job
  const now = [state, progress, attempts, run_at].join()
  if (now === follower.last) return
  follower.last = now
  follower.tell(job)
}
