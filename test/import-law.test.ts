import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { openFolder } from './line.ts'

const root = join(import.meta.dirname, '..')
const biome = join(root, 'node_modules/.bin/biome')

/** What no file in a place may import. */
const forbidden: Record<string, string[]> = {
  'src/main.ts': ['knex', 'mysql2/promise', 'fauxqs', '@aws-sdk/client-sqs', '../test/line.ts'],
  'src/services.ts': ['better-sqlite3', '@aws-sdk/client-s3'],
  'src/database.ts': ['@aws-sdk/client-sqs', 'fauxqs', '../test/mariadb.ts'],
  'src/storage.ts': ['@aws-sdk/client-ses', '@aws-sdk/client-sqs', 'knex', 'fauxqs'],
  'src/mail.ts': ['@aws-sdk/client-s3', 'knex', 'fauxqs'],
  'src/local/line.ts': ['../../test/line.ts', 'knex'],
  'src/jobs/invoice/job.ts': [
    '../receipt/schema.ts',
    '../../jobs/receipt/schema.ts',
    '../../web/app.ts',
    '../../worker/app.ts',
    '../../sqsd/main.ts',
    '../../local/aws.ts',
    '../../webhook/job.ts',
    '../../metrics/count.ts',
    '../../database.ts',
    '../../queue/job.ts',
    '../../../test/engine.ts',
    'fastify',
    'fauxqs',
    'knex',
    '@aws-sdk/client-ses'
  ],
  'src/jobs/index.ts': ['../web/app.ts', '../queue/perform.ts', 'knex', 'fauxqs'],
  'src/queue/perform.ts': [
    '../jobs/index.ts',
    '../web/app.ts',
    '../worker/app.ts',
    '../sqsd/main.ts',
    '../local/aws.ts',
    '../webhook/job.ts',
    '../cli/main.ts',
    '../explain/explain.ts',
    '../metrics/gauges.ts',
    '../../test/engine.ts',
    'fastify',
    'fauxqs',
    'mysql2',
    '@aws-sdk/client-sqs'
  ],
  'src/queue/sqs.ts': ['@aws-sdk/client-s3', 'knex', 'fauxqs', '../web/app.ts'],
  'src/web/app.ts': [
    '../worker/app.ts',
    '../sqsd/main.ts',
    '../local/aws.ts',
    '../cli/main.ts',
    '../../test/line.ts',
    'knex',
    'fauxqs',
    '@aws-sdk/client-sqs'
  ],
  'src/worker/app.ts': [
    '../web/app.ts',
    '../sqsd/main.ts',
    '../local/aws.ts',
    '../../test/line.ts',
    'knex',
    'fauxqs',
    '@aws-sdk/client-sqs'
  ],
  'src/cli/jobs.ts': [
    '../web/app.ts',
    '../worker/app.ts',
    '../local/line.ts',
    '../../test/line.ts',
    'fastify',
    'knex',
    'fauxqs',
    '@aws-sdk/client-sqs'
  ],
  'src/explain/explain.ts': [
    '../web/app.ts',
    '../cli/main.ts',
    '../jobs/index.ts',
    '../../test/line.ts',
    'fastify',
    'knex'
  ],
  'src/pdf/document.ts': [
    '../local/aws.ts',
    '../web/app.ts',
    '../worker/app.ts',
    '../queue/job.ts',
    '../jobs/index.ts',
    '../../test/proof.ts',
    'knex',
    'fauxqs',
    '@aws-sdk/client-s3'
  ],
  'src/metrics/gauges.ts': [
    '../web/app.ts',
    '../worker/app.ts',
    '../webhook/job.ts',
    '../jobs/index.ts',
    '../../test/emf.ts',
    'knex',
    '@aws-sdk/client-sqs'
  ],
  'src/trace/tracer.ts': ['../web/trace.ts', '../worker/trace.ts', '../local/aws.ts', 'knex'],
  'src/webhook/job.ts': [
    '../web/app.ts',
    '../worker/app.ts',
    '../sqsd/main.ts',
    '../local/aws.ts',
    '../jobs/index.ts',
    '../../test/receiver.ts',
    'fastify',
    'knex',
    'fauxqs',
    '@aws-sdk/client-sqs'
  ],
  'src/sqsd/daemon.ts': [
    '../config.ts',
    '../queue/sqs.ts',
    '../../test/line.ts',
    'knex',
    'mysql2/promise',
    'fauxqs',
    '@aws-sdk/client-s3'
  ],
  'src/sqsd/registry.ts': ['../database.ts', 'mysql2', 'fauxqs', '@aws-sdk/client-ses']
}

/** What a file in a place may import. */
const allowed: Record<string, string[]> = {
  'src/database.ts': ['knex', '../migrations/001-jobs.ts'],
  'src/storage.ts': ['@aws-sdk/client-s3', '@aws-sdk/lib-storage', '@aws-sdk/s3-request-presigner'],
  'src/mail.ts': ['@aws-sdk/client-ses', './queue/outcome.ts'],
  'src/local/aws.ts': ['fauxqs', '@aws-sdk/client-sqs', '@aws-sdk/client-s3', '../web/app.ts'],
  'src/jobs/index.ts': ['./invoice/job.ts', '../queue/kind.ts'],
  'src/jobs/invoice/job.ts': ['../../queue/kind.ts', '../../queue/outcome.ts', '../../pdf/pool.ts'],
  'src/jobs/invoice/job.test.ts': ['../../../test/proof.ts', 'fauxqs'],
  'src/queue/sqs.ts': ['@aws-sdk/client-sqs', '../metrics/sqs-calls.ts', '../trace.ts'],
  'src/queue/perform.ts': ['../metrics/count.ts'],
  'src/queue/job.ts': ['knex', '../database.ts'],
  'src/web/app.ts': ['fastify', '../queue/enqueue.ts'],
  'src/metrics/gauges.ts': ['../queue/run.ts', 'prom-client'],
  'src/trace/tracer.ts': ['@opentelemetry/api', '../trace.ts'],
  'src/webhook/job.ts': ['../queue/kind.ts', '../services.ts', 'undici'],
  'src/cli/jobs.ts': ['../queue/find.ts', '../explain/explain.ts', '../local-environment.ts'],
  'src/explain/explain.ts': ['../queue/job.ts', './facts.ts'],
  'src/sqsd/daemon.ts': ['@aws-sdk/client-sqs', './poll.ts'],
  'src/sqsd/registry.ts': ['knex', './log.ts'],
  'migrations/001-jobs.ts': ['knex'],
  'bench/load.ts': ['@aws-sdk/client-sqs', 'sqs-consumer', '../test/line.ts'],
  'test/line.ts': ['fauxqs', 'mysql2/promise', '@aws-sdk/client-sqs']
}

type Diagnostic = { category: string; location: { path: string; start: { line: number } } }

/** Plants files with these lines and has them checked by a rule; gives each `path: line` reported. */
function reported(folder: string, rule: string, files: Record<string, string[]>) {
  copyFileSync(join(root, 'biome.json'), join(folder, 'biome.json'))
  for (const [path, lines] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), `${lines.join('\n')}\n`)
  }
  const args = ['lint', '--vcs-enabled=false', '--reporter=json', '--max-diagnostics=none', '.']
  const { stdout, stderr } = spawnSync(biome, args, { cwd: folder })
  assert.ok(String(stdout).startsWith('{'), String(stderr))
  const { diagnostics } = JSON.parse(String(stdout)) as { diagnostics: Diagnostic[] }
  const places = diagnostics.filter(({ category }) => category === `lint/style/${rule}`)
  return new Set(
    places.map(({ location: { path, start } }) => `${path}: ${files[path]?.[start.line - 1]}`)
  )
}

function every(files: Record<string, string[]>) {
  const all = Object.entries(files)
  return new Set(all.flatMap(([path, lines]) => lines.map(line => `${path}: ${line}`)))
}

function importing(files: Record<string, string[]>) {
  const toLines = (names: string[]) =>
    names.map((name, index) => `export { x${index} } from '${name}'`)
  return Object.fromEntries(Object.entries(files).map(([path, names]) => [path, toLines(names)]))
}

test('every import against the law is reported', t => {
  const files = importing(forbidden)
  assert.deepEqual(reported(openFolder(t), 'noRestrictedImports', files), every(files))
})

test('every import within the law passes', t => {
  const files = importing(allowed)
  assert.deepEqual(reported(openFolder(t), 'noRestrictedImports', files), new Set())
})

test('the environment comes in by the doors of the configuration only', t => {
  const line = "export const home = process.env['HOME']"
  const doors = ['src/config.ts', 'src/sqsd/main.ts', 'bench/load.ts', 'test/line.ts']
  const others = ['src/main.ts', 'src/web/app.ts', 'src/local/main.ts', 'src/sqsd/daemon.ts']
  const files = Object.fromEntries([...doors, ...others].map(path => [path, [line]]))
  const wrong = new Set(others.map(path => `${path}: ${line}`))
  assert.deepEqual(reported(openFolder(t), 'noProcessEnv', files), wrong)
})
