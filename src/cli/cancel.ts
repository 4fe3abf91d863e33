import { decideCommand } from './decide.ts'

export const cancel = decideCommand('cancel', {
  about: `Stops jobs for good. An attempt under way changes nothing more, but a mail that it has just handed to SES
may still arrive.`,
  examples: [
    ['beanline cancel 42', 'one job, by its id'],
    ['beanline cancel --all --state waiting --kind mail-merge', 'all that wait, after a question']
  ]
})
