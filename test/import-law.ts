/** What no file in a place may import. */
export const forbidden: Record<string, string[]> = {
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
export const allowed: Record<string, string[]> = {
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
