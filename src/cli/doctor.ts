import { become } from './become.ts'
import { defineCommand } from './command.ts'

export const doctor = defineCommand({
  usage: '[options]',
  about: `Looks for what would go wrong on Elastic Beanstalk, without calling AWS, and says of each mistake where it is,
what it would do there, and how to mend it. "beanline doctor --help" has its options.`,
  options: {},
  isProgram: true,
  examples: [
    ['beanline doctor', 'before "eb deploy"; ends with 1 when something is wrong'],
    ['beanline doctor --json', 'the same for a program']
  ],
  run: ({ words }) => become(new URL('../../doctor/main.ts', import.meta.url), words)
})
