import { availableParallelism, cpus } from 'node:os'
import { endToEnd } from './line/end-to-end.ts'
import { enqueueing } from './line/enqueueing.ts'
import { installRivals } from './line/rival.ts'
import { print, say } from './progress.ts'

installRivals()
say('about ten minutes on a quiet machine')
print(
  `${availableParallelism()} × ${cpus()[0]?.model}, Node ${process.version}, all on these cores`
)
await enqueueing()
await endToEnd()
