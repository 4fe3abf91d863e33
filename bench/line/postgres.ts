import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, globSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { freePort } from '../../test/free-port.ts'
import { load } from './rival.ts'

/** Where Debian and others keep its programs; it has none of them on the path. */
const [programs] = globSync('/usr/lib/postgresql/*/bin').toSorted().toReversed()

export const hasPostgres = programs !== undefined && existsSync(join(programs, 'initdb'))

/** A PostgreSQL of its own, as durable as it is by default, that counts statements. */
export async function startPostgres() {
  const folder = mkdtempSync(join(tmpdir(), 'beanline-postgres-'))
  // It refuses to run as root.
  const isRoot = process.getuid?.() === 0
  if (isRoot) execFileSync('chown', ['postgres', folder])
  chmodSync(folder, 0o700)
  const [run, as] = isRoot
    ? ['setpriv', ['--reuid=postgres', '--regid=postgres', '--clear-groups']]
    : ['env', []]
  const program = (name: string) => join(programs as string, name)
  const data = join(folder, 'data')
  execFileSync(
    run,
    [...as, program('initdb'), '-D', data, '-U', 'bench', '--auth=trust', '--no-sync'],
    {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe']
    }
  )
  const port = await freePort()
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: folder,
    shared_preload_libraries: 'pg_stat_statements',
    'pg_stat_statements.track': 'top'
  }
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const server = spawn(
    run,
    [...as, program('postgres'), '-D', data, '-p', String(port), ...options],
    {
      cwd: folder,
      stdio: 'ignore'
    }
  )
  const remove = () => {
    server.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  process.once('exit', remove)
  const url = `postgres://bench@127.0.0.1:${port}/postgres`
  const client = await connect(url)
  await client.query('CREATE EXTENSION pg_stat_statements')
  return {
    url,
    async statements(): Promise<number> {
      const { rows } = await client.query('SELECT sum(calls) AS calls FROM pg_stat_statements')
      return Number(rows[0].calls)
    },
    async stop() {
      await client.end()
      server.kill('SIGQUIT')
      await once(server, 'exit')
      process.off('exit', remove)
      remove()
    }
  }
}

async function connect(connectionString: string) {
  const { default: pg } = await load('pg')
  const deadline = performance.now() + 30_000
  for (;;) {
    const client = new pg.Client({ connectionString })
    client.on('error', () => {})
    try {
      await client.connect()
      return client
    } catch (error) {
      if (performance.now() > deadline) throw error
      await setTimeout(50)
    }
  }
}
