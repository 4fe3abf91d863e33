import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
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
  const install = [...place, '--auth-root-authentication-method=normal', '--skip-test-db']
  execFileSync('mariadb-install-db', install, {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe']
  })

  const port = await freePort()
  const server = spawn(
    programPath('mariadbd') as string,
    [
      ...place,
      `--socket=${join(folder, 'socket')}`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      '--innodb-buffer-pool-size=32M',
      '--innodb-log-file-size=16M'
    ],
    { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] }
  )
  let said = ''
  server.stderr.on('data', data => {
    said += data
  })
  const remove = () => {
    server.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  process.once('exit', remove)

  const root = await connect({ host: '127.0.0.1', port, user: 'root' }).catch(cause => {
    throw new Error(`MariaDB has not started: ${said}`, { cause })
  })
  await root.query('CREATE DATABASE beanline')
  await root.query("CREATE USER beanline@'127.0.0.1' IDENTIFIED BY 'beanline'")
  await root.query("GRANT ALL ON beanline.* TO beanline@'127.0.0.1'")
  await root.end()
  return {
    url: `mysql://beanline:beanline@127.0.0.1:${port}/beanline`,
    async stop() {
      const exited = new Promise(resolve => server.once('exit', resolve))
      server.kill('SIGKILL')
      await exited
      process.off('exit', remove)
      remove()
    }
  }
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
