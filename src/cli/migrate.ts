import { become } from './become.ts'
import { defineCommand } from './command.ts'
import { noWords } from './words.ts'

export const migrate = defineCommand({
  usage: '',
  about: `Brings the tables of DATABASE_URL up to date; says nothing where it goes well. Once for each deploy, before the
new version starts: Beanstalk does it by itself (.ebextensions/10-common.config), and "npm start" as well.`,
  options: {},
  examples: [
    [
      'beanline migrate',
      'the database of a tier, by DATABASE_URL and, for MySQL, DATABASE_USER and DATABASE_PASSWORD'
    ],
    ['DATABASE_URL=sqlite:./data/jobs.sqlite beanline migrate', 'a new database of SQLite']
  ],
  async run({ words }) {
    noWords('migrate', words)
    return await become(new URL('../migrate.ts', import.meta.url), [])
  }
})
