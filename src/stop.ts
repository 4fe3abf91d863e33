import type { FastifyBaseLogger } from 'fastify'

type Opened = { close(): Promise<unknown> }

/**
 * A terminal sends Ctrl-C to every process of its group, and npm passes its own on: signals that come
 * within a second of the first are the same one.
 */
const sameMilliseconds = 1000

/**
 * Closes what is being opened when the process is asked to stop, and ends it with 0; a signal during
 * the start waits until it is open. A later signal ends the process at once with 1, as do `seconds`
 * without an end. An error that nobody caught closes it too, and then the process ends with 1.
 */
export function stopOnSignal(opening: Promise<Opened>, log: FastifyBaseLogger, seconds: number) {
  let stoppedAt: number | undefined
  let code = 0

  async function stop() {
    stoppedAt = performance.now()
    setTimeout(() => quit(`not stopped within ${seconds} s; end at once`), seconds * 1000)
    try {
      await (await opening).close()
    } catch (err) {
      log.error({ err }, 'not stopped cleanly')
      code = 1
    }
    process.exit(code)
  }

  function quit(why: string) {
    log.error(why)
    process.exit(1)
  }

  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT'] as const)
    process.on(signal, () => {
      if (stoppedAt === undefined) {
        log.info(`${signal}: stop`)
        stop()
      } else if (performance.now() - stoppedAt > sameMilliseconds)
        quit(`${signal} again; end at once`)
    })
  for (const event of ['uncaughtException', 'unhandledRejection'] as const)
    process.on(event, err => {
      log.fatal({ err }, 'an error that nobody caught; stop')
      code = 1
      if (stoppedAt === undefined) stop()
    })
}
