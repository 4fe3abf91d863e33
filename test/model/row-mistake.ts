import type { Mistake } from './mistake.ts'

/** About the rows of jobs and their messages. */
export const rowMistakes: Mistake[] = [
  {
    what: 'A change of state does not name the fencing token',
    file: 'change.ts',
    right: "database('jobs').where({ id, fencing_token }).where(isIn(",
    wrong: "database('jobs').where({ id }).where(isIn("
  },
  {
    what: 'A claim takes over a lease that is alive',
    file: 'change.ts',
    right: 'row.where(isIn([state])).where(one => isFree(one, time))',
    wrong: 'row.where(isIn([state]))'
  },
  {
    what: 'A claim does not look whether the job is still as it was read',
    file: 'change.ts',
    right: 'row.where(isIn([state])).where(one => isFree(one, time))',
    wrong: 'row.where(one => isFree(one, time))'
  },
  {
    what: 'A job that was cancelled can finish',
    file: 'state.ts',
    right: "finished: ['running'],",
    wrong: "finished: ['running', 'cancelled'],"
  },
  {
    what: 'Any attempt renews the lease',
    file: 'job.ts',
    right: "rowOf(database, attempt, ['running'])",
    wrong:
      "database('jobs').where({ id: attempt.id, state: 'running' }).where('fencing_token', '>=', attempt.fencing_token)"
  },
  {
    what: 'An order to retry forgets to count attempts from 0',
    file: 'decision.ts',
    right: '{ attempts: 0, deaths: 0, fencing',
    wrong: '{ deaths: 0, fencing'
  },
  {
    what: 'An order to retry leaves the fencing token as it was',
    file: 'decision.ts',
    right: 'deaths: 0, fencing_token: job.fencing_token + 1 }',
    wrong: 'deaths: 0 }'
  },
  {
    what: 'An attempt that is handed back counts',
    file: 'settle.ts',
    right: 'job, why, now(line.database))',
    wrong: 'job, why, now(line.database), true)'
  },
  {
    what: 'A job that asked for later comes at once',
    file: 'message.ts',
    right: 'return { run_at: runAt,',
    wrong: 'return { run_at: null,'
  },
  {
    what: 'What has killed three workers is begun again',
    file: 'perform.ts',
    right: 'job.deaths + 1 >= jobs.mostDeaths',
    wrong: 'job.deaths > jobs.mostDeaths'
  },
  {
    what: 'A job is begun after its deadline',
    file: 'perform.ts',
    right: "if (isLate(line, job, time)) return (await expire(line, job)) ? 'overdue' : 'busy'\n",
    wrong: ''
  },
  {
    what: 'A job whose worker died is begun after its deadline',
    file: 'perform.ts',
    right: '(isDeadly || isLate(line, job, time))',
    wrong: 'isDeadly'
  },
  {
    what: 'A job whose worker died is put back after its deadline',
    file: 'sweep.ts',
    right: '!isLast && isLate(line, job)',
    wrong: 'false'
  },
  {
    what: 'A pause may end after the deadline',
    file: 'settle.ts',
    right: 'if (isLate(line, job, runAt)) return await runOut(attempt, error)\n',
    wrong: ''
  },
  {
    what: 'An attempt that ended after the deadline is repeated',
    file: 'settle.ts',
    right: 'if (isLate(line, job)) return await runOut(attempt, error)\n',
    wrong: ''
  },
  {
    what: 'An order to retry leaves a job the time it had',
    file: 'decision.ts',
    right: 'run_at: null, retried_at: time,',
    wrong: 'run_at: null,'
  },
  {
    what: 'The last attempt is retried',
    file: 'retry.ts',
    right: '>= line.config.MAX_RECEIVES',
    wrong: '> line.config.MAX_RECEIVES'
  },
  {
    what: 'A message is deleted while another attempt is at its job',
    file: 'perform.ts',
    right: "if (!isReady(line, job, time)) return 'busy'",
    wrong: "if (!isReady(line, job, time)) return 'duplicate'"
  },
  {
    what: 'Two sweeps send the same job',
    file: 'message.ts',
    right: '.where({ queued_at: job.queued_at })',
    wrong: ''
  },
  {
    what: 'The sweep leaves what was never sent',
    file: 'sweep.ts',
    right: "lost.whereNull('sqs_message_id')",
    wrong: "lost.whereRaw('1 = 0')"
  },
  {
    what: 'A late note of a message overwrites what the attempt has written',
    file: 'message.ts',
    right: 'row.orWhere({ id: job.id, fencing_token: job.fencing_token })',
    wrong: 'row.orWhere({ id: job.id })'
  },
  {
    what: 'A dead letter fails a job that has another message',
    file: 'dead-letter.ts',
    right: 'if (isOver || job.sqs_message_id !== letter.messageId)',
    wrong: 'if (isOver)'
  },
  {
    what: 'The letter of a job that has failed again with another message stays',
    file: 'dead-letter.ts',
    right: 'job.sqs_message_id !== letter.messageId',
    wrong: "(job.state !== 'failed' && job.sqs_message_id !== letter.messageId)"
  },
  {
    what: 'A job is tried once more than its kind declares',
    file: 'retry.ts',
    right: 'job.attempts >= kind.retries.most',
    wrong: 'job.attempts > kind.retries.most'
  },
  {
    what: 'A receipt is written once, whatever becomes of the statement',
    file: 'statement.ts',
    right: 'if (insist && !insist.aborted &&',
    wrong: 'if (insist && insist.aborted &&'
  },
  {
    what: 'A change whose answer was lost is taken for one that another has made',
    file: 'statement.ts',
    right: 'count === 1 || (isDoubtful && (await isWritten()))',
    wrong: 'count === 1'
  },
  {
    what: 'A change that another has made is taken for one whose answer was lost',
    file: 'statement.ts',
    right: 'count === 1 || (isDoubtful && (await isWritten()))',
    wrong: 'count === 1 || isDoubtful'
  },
  {
    what: 'The timeline begins anew with each move',
    file: 'change.ts',
    right: 'appended(database, lineOf(entry))',
    wrong: 'lineOf(entry)'
  },
  {
    what: 'Jobs whose messages shared a call remember the first',
    file: 'gather.ts',
    right: 'results[index] as Result',
    wrong: 'results[0] as Result'
  },
  {
    what: 'What SQS took of a batch is noted on other jobs of it',
    file: 'sqs.ts',
    right: 'Entries.map(({ Id }) => ids.get(Id))',
    wrong: '[...ids.values()]'
  }
]
