import { explain } from '../explain/explain.ts'
import { factsOf } from '../explain/look.ts'
import { readPatience } from '../explain/patience.ts'
import { kinds } from '../jobs/index.ts'
import { defineCommand, json, local, utc, WrongUsage } from './command.ts'
import { findJob } from './find-job.ts'
import { jobJson } from './job-json.ts'
import { jobText } from './job-text.ts'
import { withDatabase } from './line.ts'
import { readLookPlace } from './place.ts'
import { print, printJson } from './print.ts'
import { clockOf } from './time.ts'

export const job = defineCommand({
  usage: 'ID|TOKEN|URL',
  about: `Tells all about one job, as its page on the dashboard does: why it is where it is and what to do, its timeline,
its mail, its files, its row and its payload.`,
  options: {
    language: {
      type: 'string',
      value: 'ja',
      default: 'en',
      help: 'ja or en: the language of the explanation'
    },
    ...utc,
    ...json,
    ...local
  },
  examples: [
    ['beanline job 42', 'the job of an id'],
    [
      'beanline job https://jobs.example.jp/jobs/9f86d081884c7d659a2feaa0c55ad015 --language ja',
      "the job of a person's page"
    ],
    ['beanline job 42 --json | jq .payload > order.json', 'what was ordered, to be ordered again']
  ],
  async run({ words: [typed, ...more], values }) {
    if (!typed || more.length > 0)
      throw new WrongUsage('Say which job: beanline job 42, or its token, or the URL of its page.')
    const { language } = values
    if (language !== 'ja' && language !== 'en')
      throw new WrongUsage(`--language is "${language}": give ja or en.`)
    const config = readLookPlace(values)
    return await withDatabase(values, async database => {
      const row = await findJob(database, typed)
      const facts = await factsOf({ database, kinds, config }, row, readPatience(config))
      const explanation = explain(facts, language)
      if (values.json) return printJson(jobJson(facts, explanation))
      return print(jobText(facts, explanation, clockOf(values)))
    })
  }
})
