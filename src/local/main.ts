import { readLocalConfig } from '../config.ts'
import { openLog } from '../log.ts'
import { stopOnSignal } from '../stop.ts'
import { startLine } from './line.ts'

/** `npm start`: the whole line on this machine, until Ctrl-C. */
async function start() {
  const config = readLocalConfig()
  const transport = process.stdout.isTTY ? { transport: { target: 'pino-pretty' } } : {}
  const log = openLog({ level: config.LOG_LEVEL, ...transport, base: null })
  const opening = startLine(config, log)
  stopOnSignal(opening, log, 30)
  const line = await opening
  process.stdout.write(`
  Beanline is running, with its data in ${config.DATA_DIR}

    Forms      ${line.webUrl}
    Dashboard  ${line.webUrl}/dashboard/   any name, password: local
    API        ${line.webUrl}/api/         Authorization: Bearer local
    Mailbox    ${line.mailboxUrl}
    Worker     ${line.workerUrl}           (sqsd only)
    SQS, S3    ${line.awsUrl}

  Stop it with Ctrl-C.
`)
}

function explain(error: NodeJS.ErrnoException & { port?: number }) {
  if (error.code !== 'EADDRINUSE') return error.message
  return `Port ${error.port} is taken by another program: stop it, or choose other ports with PORT (web), WORKER_PORT, MAILBOX_PORT and AWS_PORT.`
}

start().catch(error => {
  process.stderr.write(`${explain(error)}\n`)
  process.exit(1)
})
