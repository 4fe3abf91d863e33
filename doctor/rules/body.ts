import type { Rule } from '../finding.ts'
import { bodyLimit } from '../nginx.ts'
import { lineOf } from '../project.ts'
import { openTiers } from '../tiers.ts'

/** The largest message of SQS (since August 2025), in bytes. */
const largestMessage = 1_048_576
const size = (bytes: number) => `${bytes.toLocaleString('en')} bytes`

export const bodySizes: Rule = {
  name: 'body-sizes',
  checks: 'what SQS or a form may send passes nginx and the application',
  async find(project) {
    const { bodyLimits } = await openTiers()
    const { web = largestMessage, worker = largestMessage } = bodyLimits
    const nginx = bodyLimit(project)
    const asked = Math.max(web, worker, largestMessage)
    const proxy = {
      file: nginx.file,
      line: nginx.line,
      problem: `client_max_body_size is ${size(nginx.value)}, less than the ${size(asked)} that a tier takes.`,
      onAws:
        'nginx answers 413; a large message becomes a dead letter, and a person gets a bare error page.',
      fix: `set it to ${Math.ceil(asked / 1_048_576) + 1}m.`
    }
    const app = {
      file: 'src/worker/app.ts',
      line: lineOf(project, 'src/worker/app.ts', /bodyLimit/),
      problem: `The worker takes bodies of ${size(worker)}, and a message may have ${size(largestMessage)}.`,
      onAws: 'it answers 413 to a large message, which becomes a dead letter.',
      fix: `set bodyLimit to ${largestMessage}.`
    }
    const isSmall = nginx.value !== 0 && nginx.value < asked
    return [...(isSmall ? [proxy] : []), ...(worker < largestMessage ? [app] : [])]
  }
}
