import { Counter, Gauge, Histogram, Registry } from 'prom-client'

/** What this process tells Prometheus. The help of each says what to do with it; docs/observability.md lists them. */
export const registry = new Registry()

const counter = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
  new Counter({ name, help, labelNames, registers: [registry] })
const seconds = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
  new Histogram({ name, help, labelNames, registers: [registry], buckets })
const gauge = <Label extends string>(name: string, help: string, labelNames: Label[] = []) =>
  new Gauge({ name, help, labelNames, registers: [registry] })

const buckets = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600]

export const orders = counter(
  'beanline_orders_total',
  'Orders that became a job, by kind. Compare with the finished ones: workers must keep up over a day.',
  ['kind']
)
export const moves = counter(
  'beanline_job_moves_total',
  'Changes of state, by kind and move (docs/states.md). Alert on failed, given up and buried: those jobs wait for the operator.',
  ['kind', 'move']
)
export const attempts = counter(
  'beanline_job_attempts_total',
  'Attempts that ended, by kind and outcome. Many more than finished jobs: something is tried in vain, see the error on a job.',
  ['kind', 'outcome']
)
export const workSeconds = seconds(
  'beanline_job_work_seconds',
  'How long an attempt took, by kind. Set the scaling rule by its mean (docs/scaling.md); near 600 s declare the kind long.',
  ['kind']
)
export const waitingSeconds = seconds(
  'beanline_job_waiting_seconds',
  'From the order, or the last retry by the operator, to the first attempt, by kind. What people wait: add workers when it grows.',
  ['kind']
)
export const deliveries = counter(
  'beanline_deliveries_total',
  'Messages that sqsd brought, by what they were answered. Some busy and duplicate are normal; unknown ones end as dead letters.',
  ['outcome']
)
export const leasesLost = counter(
  'beanline_leases_lost_total',
  'Leases that an attempt lost, by who noticed: its worker (the database was away, or the job was cancelled) or the engine (the worker died). Read its log.',
  ['noticed']
)
export const mails = counter(
  'beanline_mails_total',
  'Mails given to SES, by outcome: sent, throttled (ask for a higher rate), refused (see the job), unheard (sent or not, nobody knows).',
  ['outcome']
)
export const mailDoubts = counter(
  'beanline_mail_doubts_total',
  'Times that a mail may have gone out before its attempt died: it was repeated, or is held for the operator.',
  []
)
export const sqsCalls = counter(
  'beanline_sqs_calls_total',
  'Calls to SQS by the tiers, by name and outcome. Failed sendings cost a minute, until the sweep; look at rights and network.',
  ['call', 'outcome']
)
export const requests = counter(
  'beanline_http_requests_total',
  'Requests by tier, method, pattern of the route and status. Alert on 5xx; 409 of the worker is an answer to a duplicate.',
  ['tier', 'method', 'route', 'status']
)
export const requestSeconds = seconds(
  'beanline_http_request_seconds',
  'How long a request took, by tier and route; what sqsd waits for an attempt is the route / of the worker.',
  ['tier', 'route']
)

/** Of the whole line: each process that is asked tells the same, so take the max over instances, not the sum. */
export const jobs = gauge(
  'beanline_jobs',
  'Jobs by state, counted up to 10,001. A failed one waits for the operator to retry or discard it.',
  ['state']
)
export const oldestWaitingSeconds = gauge(
  'beanline_oldest_waiting_seconds',
  'For how long the job has been due that has waited longest. Alert on 15 minutes: are the workers up, and enough of them?'
)
export const overdueLeases = gauge(
  'beanline_overdue_leases',
  'Attempts whose lease ran out over two minutes ago. Not 0: no sweep runs, see beanline_last_tick_timestamp_seconds.'
)
export const queueMessages = gauge(
  'beanline_queue_messages',
  'Messages on the queue by state: visible ones wait for a worker. Scale by these.',
  ['state']
)
export const deadLetters = gauge(
  'beanline_dead_letters',
  'Messages in the dead-letter queue. Alert on any: look at /dashboard for the jobs.'
)
export const lastTick = gauge(
  'beanline_last_tick_timestamp_seconds',
  'When a task of cron.yaml began last. Alert when the one of sweep is older than 10 minutes: is there a leader among the sqsd?',
  ['task']
)
export const clockSkewSeconds = gauge(
  'beanline_clock_skew_seconds',
  "How far the clock of this machine is ahead of the database's. Beyond 5 s set it right (chronyc tracking)."
)
export const databaseUp = gauge(
  'beanline_database_up',
  'Whether the database answered within 3 s; if 0, the gauges that come from it are missing.'
)
export const queueUp = gauge(
  'beanline_queue_up',
  'Whether SQS told its counts within 3 s; if 0, those are missing: allow sqs:GetQueueAttributes.'
)
