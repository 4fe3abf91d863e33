import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import mysql from 'mysql2/promise'
import { freePort } from './free-port.ts'
import { programPath } from './needs.ts'

export type Mariadb = Awaited<ReturnType<typeof startMariadb>>

/** A MariaDB of its own, empty, on a free port of 127.0.0.1; gone after `stop`, or with this process. */
export async function startMariadb(parent = tmpdir()) {
  const folder = mkdtempSync(join(parent, 'beanline-mariadb-'))
  const user = process.getuid?.() === 0 ? ['--user=root'] : []
  const data = `--datadir=${join(folder, 'data')}`
  // Servers that share /tmp delete each other's temporary tables, whose names repeat.
  const place = ['--no-defaults', data, `--tmpdir=${folder}`, ...user]
  // What it writes is worth nothing after a power cut, and waiting for the disk takes most of its time.
  const hasty = ['--debug-no-sync', '--skip-test-db']
  const install = [...place, ...hasty, '--auth-root-authentication-method=normal']
  execFileSync('mariadb-install-db', install, {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe']
  })

  const port = await freePort()
  const options = [
    ...place,
    `--socket=${join(folder, 'socket')}`,
    `--port=${port}`,
    '--bind-address=127.0.0.1',
    '--innodb-buffer-pool-size=32M',
    '--innodb-log-file-size=16M'
  ]
  let said = ''
  const start = () => {
    const program = programPath('mariadbd') as string
    const child = spawn(program, options, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
    child.stderr.on('data', data => {
      said += data
    })
    return child
  }
  let server = start()
  const remove = () => {
    server.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  process.once('exit', remove)
  for (const signal of signals) process.once(signal, leave)

  const openRoot = () =>
    connect({ host: '127.0.0.1', port, user: 'root' }).catch(cause => {
      throw new Error(`MariaDB has not started: ${said}`, { cause })
    })

  async function createDatabase(name: string) {
    const root = await openRoot()
    await root.query(`CREATE DATABASE \`${name}\``)
    await root.query(`GRANT ALL ON \`${name}\`.* TO beanline@'127.0.0.1'`)
    await root.end()
    return `mysql://beanline:beanline@127.0.0.1:${port}/${name}`
  }

  /** As by a power cut, as far as a process can have one. */
  async function kill() {
    if (server.exitCode !== null || server.signalCode !== null) return
    const exited = once(server, 'exit')
    server.kill('SIGKILL')
    await exited
  }

  const root = await openRoot()
  await root.query("CREATE USER beanline@'127.0.0.1' IDENTIFIED BY 'beanline'")
  await root.end()
  return {
    url: await createDatabase('beanline'),
    openRoot,
    /** Another database, empty, for the same user; gives its URL. */
    createDatabase,
    kill,
    /** Starts it again after `kill`, on the same port and data, and waits until it takes connections. */
    async restart() {
      server = start()
      await (await openRoot()).end()
    },
    async stop() {
      await kill()
      process.off('exit', remove)
      for (const signal of signals) process.off(signal, leave)
      remove()
    }
  }
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** A process that a signal ends by itself does not say `exit`, and would leave the server. */
function leave(signal: (typeof signals)[number]) {
  process.exit(128 + constants.signals[signal])
}

async function connect(options: mysql.ConnectionOptions) {
  const deadline = performance.now() + 30_000
  for (;;) {
    try {
      return await mysql.createConnection(options)
    } catch (error) {
      if (performance.now() > deadline) throw error
      await new Promise(resolve => setTimeout(resolve, 50))
    }
  }
}
