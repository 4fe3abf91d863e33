import { decideCommand } from './decide.ts'

export const discard = decideCommand('discard', {
  about: `Lets failed jobs go for good: the page of each says so to its person, and gives no file any more.`,
  examples: [
    ['beanline discard 42', 'one job, by its id'],
    [
      'beanline discard --all --state failed --search "no such customer"',
      'all with such an error, after a question'
    ]
  ]
})
