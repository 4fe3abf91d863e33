/** A mistake in a file of `src/queue`: what stands there, and what would be wrong. */
export type Mistake = { what: string; file: string; right: string; wrong: string }

/** Each takes one guard away; the model has to miss it. */
export const mistakes: Mistake[] = [
  {
    what: 'A change of state does not name the fencing token',
    file: 'job.ts',
    right: "database('jobs').where({ id, fencing_token }).whereIn(",
    wrong: "database('jobs').where({ id }).whereIn("
  },
  {
    what: 'A claim takes over a lease that is alive',
    file: 'job.ts',
    right: "row.where('state', job.state).where(isFree)",
    wrong: "row.where('state', job.state)"
  },
  {
    what: 'A claim does not look whether the job is still as it was read',
    file: 'job.ts',
    right: "row.where('state', job.state).where(isFree)",
    wrong: 'row.where(isFree)'
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
    right: "const mine = database('jobs').where({ id, fencing_token, state: 'running' })",
    wrong:
      "const mine = database('jobs').where({ id, state: 'running' }).where('fencing_token', '>=', fencing_token)"
  },
  {
    what: 'The sweep ends attempts whose lease was renewed meanwhile',
    file: 'job.ts',
    right: '...columns }, isFree)',
    wrong: '...columns })'
  },
  {
    what: 'An order to retry forgets to count attempts from 0',
    file: 'job.ts',
    right: '    attempts: 0,\n',
    wrong: ''
  },
  {
    what: 'An attempt that is handed back counts',
    file: 'settle.ts',
    right: 'jobs.postpone(line.database, job, why, Date.now())',
    wrong: 'jobs.postpone(line.database, job, why, Date.now(), true)'
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
    right: "job.state === 'running' && job.deaths + 1 >= jobs.mostDeaths",
    wrong: "job.state === 'running' && job.deaths > jobs.mostDeaths"
  },
  {
    what: 'The last attempt is retried',
    file: 'settle.ts',
    right: '>= line.config.MAX_RECEIVES',
    wrong: '> line.config.MAX_RECEIVES'
  },
  {
    what: 'A message is deleted while another attempt is at its job',
    file: 'perform.ts',
    right: "if (!isReady(job)) return 'busy'",
    wrong: "if (!isReady(job)) return 'duplicate'"
  },
  {
    what: 'Two sweeps send the same job',
    file: 'message.ts',
    right: 'const untaken = { id, state, fencing_token, queued_at }',
    wrong: 'const untaken = { id, state, fencing_token }'
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
    right: "database('jobs').where({ id, fencing_token }).update(columns)",
    wrong: "database('jobs').where({ id }).update(columns)"
  },
  {
    what: 'A dead letter fails a job that has another message',
    file: 'dead-letter.ts',
    right: 'if (isOver || job.sqs_message_id !== letter.messageId)',
    wrong: 'if (isOver)'
  },
  {
    what: 'The mail is sent before it is in the ledger',
    file: 'effect.ts',
    right: '  const isNew = await begin(',
    wrong: '  const sent = await act()\n  act = async () => sent\n  const isNew = await begin('
  },
  {
    what: 'A stale attempt can write its entry in the ledger',
    file: 'effect.ts',
    right: ".where({ id, fencing_token, state: 'running' })\n  const",
    wrong: '.where({ id })\n  const'
  },
  {
    what: 'A doubtful mail is sent again without a count',
    file: 'effect.ts',
    right: 'WHEN ? THEN 0 ELSE 1 END',
    wrong: 'WHEN ? THEN 0 ELSE 0 END'
  },
  {
    what: 'A kind that holds doubtful mails sends them',
    file: 'effect.ts',
    right: "if (isOpen && step.onDoubt === 'hold')",
    wrong: "if (isOpen && step.onDoubt !== 'hold' && step.onDoubt !== 'repeat')"
  },
  {
    what: 'A counted doubt is deleted with its entry',
    file: 'effect.ts',
    right: 'isNew ? row().delete() : row().update({ fencing_token: decided })',
    wrong: 'row().delete()'
  },
  {
    what: 'The person is not told when the doubt was one of an earlier attempt',
    file: 'effect.ts',
    right: "if (isOpen || (before.ambiguous > 0 && step.onDoubt === 'repeat')) doubt()",
    wrong: 'if (isOpen) doubt()'
  },
  {
    what: 'An order to retry takes the mail from an attempt under way',
    file: 'effect.ts',
    right: '.whereExists(failed()).update(',
    wrong: '.update('
  }
]
