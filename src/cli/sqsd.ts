import { become } from './become.ts'
import { defineCommand } from './command.ts'

export const sqsd = defineCommand({
  usage: '--worker-queue-url URL [options]',
  about: `Brings each message of a queue to a worker, as Elastic Beanstalk's daemon does, until SIGTERM or Ctrl-C.
"beanline sqsd --help" has its options, docs/sqsd.md the rest.`,
  options: {},
  isProgram: true,
  examples: [
    [
      'beanline sqsd --worker-queue-url https://sqs.ap-northeast-1.amazonaws.com/123456789012/jobs',
      'the queue of an account, to a worker on port 80'
    ],
    [
      'beanline sqsd --http-url http://127.0.0.1:8080 --cron-file none',
      'QUEUE_URL to a worker here, without periodic tasks'
    ]
  ],
  run: ({ words }) => become(new URL('../sqsd/main.ts', import.meta.url), words)
})
