import { decideCommand } from './decide.ts'

export const retry = decideCommand('retry', {
  about: `Sends failed jobs back to the queue: each begins anew, with all its attempts and its time before it. A mail
whose receipt is there is not sent again. Mend the cause first: "beanline job 42" says what it was.`,
  examples: [
    ['beanline retry 42 43', 'two jobs, by their ids'],
    ['beanline retry --all --state failed --kind invoice', 'all failed invoices, after a question'],
    [
      'beanline retry --all --search "SES: " --yes --as hanako',
      'all that failed with such an error, from a script'
    ]
  ]
})
