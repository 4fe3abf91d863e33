import './end-with-parent.ts'
import { pino } from 'pino'
import { readConfig } from '../../src/config.ts'
import { kinds } from '../../src/jobs/index.ts'
import { openServices } from '../../src/services.ts'
import { buildWorker } from '../../src/worker/app.ts'
import { noop } from '../noop.ts'

/** The worker tier as it is shipped, and one more kind of job, that has nothing to do. */
const services = openServices(readConfig(), pino({ level: 'silent' }))
const worker = buildWorker({ ...services, kinds: [...kinds, noop] })
const workerUrl = await worker.listen({ host: '127.0.0.1', port: 0 })
process.send?.({ workerUrl })
