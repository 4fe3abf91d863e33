import '../processes/end-with-parent.ts'
import { loadRival, type RivalName } from './rival.ts'

/** The worker of another queue, as a process of its own; tells its parent how long jobs waited. */
const [, , name, url] = process.argv
const rival = await loadRival(name as RivalName)
const waits: number[] = []
setInterval(() => {
  if (waits.length > 0) process.send?.({ waits: waits.splice(0) })
}, 100)
await rival.work(url as string, ({ sentAt }) => void waits.push(Date.now() - sentAt))
process.send?.({ waits: [] })
