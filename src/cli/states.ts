import { painted } from './colour.ts'
import { padTo } from './text.ts'

/** The table of docs/states.md, in short. */
const states = {
  waiting: 'recorded; its message is on the queue, or the sweep puts it there within a minute',
  running: 'an attempt holds the lease, which it renews; a dead worker loses it after 30 s',
  retrying: 'an attempt failed; the job comes again by itself',
  finished: 'the file is stored and the mail sent',
  failed: 'given up: you may retry or discard it',
  discarded: 'you have let it go; its page gives no file any more',
  cancelled: 'you have stopped it; an attempt under way changes nothing more'
}

export function statesHelp(): string {
  const list = Object.entries(states).map(
    ([state, text]) => `  ${painted(state)}${padTo(state, 11).slice(state.length)}${text}`
  )
  return `What becomes of a job

  waiting ──▶ running ──▶ finished
     ▲         │   ▲
     │         │   └── retrying ◀── an error, or its worker stopped or died
  retry        ▼
     └─────  failed ──▶ discarded        waiting, running, retrying ──▶ cancelled

${list.join('\n')}

What you may do
  beanline retry    a failed job begins anew with all its attempts; a mail that went out is not sent again
  beanline discard  a failed job is over for good
  beanline cancel   a job that waits, runs or is to be retried is over for good

The row is the truth, and a message only carries its number: a job whose message is lost is sent again by
the sweep, one that is delivered twice is done once. "beanline job 42" says in words what became of one.
docs/states.md tells it all.`
}
