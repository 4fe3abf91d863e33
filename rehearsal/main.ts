import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import { helpText, missingPrograms, readCommand } from './command.ts'
import { type Folders, openFolders } from './folders.ts'
import { perform, start } from './perform.ts'
import { everywhere } from './scenes.ts'
import type { Step } from './step.ts'
import { bigMessage } from './steps/big.ts'
import { deployConfig, deployVersion } from './steps/deploy.ts'
import { orderByForm } from './steps/form.ts'
import { longJob } from './steps/long.ts'
import { poison } from './steps/poison.ts'
import { scaleIn } from './steps/scale-in.ts'
import { stopEverything } from './steps/stop.ts'
import { tick } from './steps/tick.ts'

const root = join(import.meta.dirname, '..')

/** The story, after the start. Steps play at the same time, but for those that come after others. */
const steps: Step[] = [
  { name: 'form', title: 'a job by the form', scenes: ['line'], play: orderByForm },
  { name: 'long', title: 'a job of 61 s', scenes: ['long', 'bare'], play: longJob },
  { name: 'big', title: 'a message of 1 MiB', scenes: ['line'], play: bigMessage },
  { name: 'poison', title: 'messages that never succeed', scenes: ['long'], play: poison },
  { name: 'tick', title: 'a tick of cron.yaml', scenes: ['line'], play: tick },
  {
    name: 'deploy',
    title: 'a deploy in the middle of a job',
    scenes: ['line'],
    after: ['form', 'big', 'tick'],
    play: deployVersion
  },
  {
    name: 'scale-in',
    title: 'an instance goes with jobs at work',
    scenes: ['pair'],
    play: scaleIn
  },
  {
    name: 'config',
    title: 'a change of the configuration',
    scenes: ['line'],
    after: ['deploy'],
    play: deployConfig
  },
  {
    name: 'stop',
    title: 'everything is stopped by SIGTERM',
    scenes: everywhere,
    after: ['form', 'long', 'big', 'poison', 'tick', 'deploy', 'scale-in', 'config'],
    play: stopEverything
  }
]

rehearse().catch(error => {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
})

async function rehearse() {
  const names = steps.map(({ name }) => name)
  const { only, isKept, isHelp } = readCommand(process.argv.slice(2), names)
  if (isHelp) return say(helpText([start, ...steps]))
  const missing = existsSync('/proc/self/cwd') ? missingPrograms() : 'The rehearsal needs Linux.'
  if (missing) throw new Error(missing)
  const folders = await openFolders()
  endOnSignals()
  const chosen = steps.filter(({ name }) => !only || name === only)
  let hasPassed = false
  try {
    hasPassed = await perform(root, chosen, folders)
  } finally {
    if (isKept) folders.keep(folders.work)
    if (isKept || !hasPassed) folders.keep(folders.logs)
    hasPassed = (await end(folders)) && hasPassed
  }
  if (isKept) say(`The folder with everything is kept: ${folders.work}`)
  if (isKept || !hasPassed) say(`The logs are kept: ${folders.logs}`)
  // A pool of connections to a database that is gone must not hold up the end.
  process.exit(hasPassed ? 0 : 1)
}

async function end(folders: Folders) {
  say('Everything ends, and its folders are removed; on a slow disk it takes a minute …')
  const beganAt = performance.now()
  const isGone = await folders.close()
  const seconds = ((performance.now() - beganAt) / 1000).toFixed(1)
  const left = `Something is left of ${folders.work} or ${folders.logs}: delete it by hand.`
  say(isGone ? `Done, after ${seconds} s.` : left)
  return isGone
}

function say(text: string) {
  process.stdout.write(`${text}\n`)
}

/** The keeper ends what was started, and removes the folders, as soon as this process is gone. */
function endOnSignals() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => {
      say(`\n${signal}: everything is being ended and removed, in the background.`)
      process.exit(128 + constants.signals[signal])
    })
}
