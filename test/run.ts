import { spawn } from 'node:child_process'
import { globSync } from 'node:fs'
import { availableParallelism } from 'node:os'

/** `npm test`: all tests, or with words those whose path has one of them: `npm test -- sqsd`. */
const words = process.argv.slice(2).filter(argument => !argument.startsWith('--'))
const flags = process.argv.slice(2).filter(argument => argument.startsWith('--'))
const files = globSync(
  '{src,test,examples,infra,doctor,rehearsal,capacity,chaos,fuzz}/**/*.test.ts'
).filter(file => words.length === 0 || words.some(word => file.includes(word)))
if (files.length === 0) {
  process.stderr.write(`No test file has "${words.join('" or "')}" in its path.\n`)
  process.exit(1)
}

/** Two files even on two cores, where Node would run one: most of the time they wait. */
const filesAtOnce = Math.max(2, availableParallelism() - 1)
// Nothing waits for longer; a test that hangs is a failure, not a wait.
const limits = [`--test-concurrency=${filesAtOnce}`, '--test-timeout=300000']
const child = spawn(process.execPath, ['--test', ...limits, ...flags, ...files], {
  stdio: 'inherit'
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
child.on('close', code => {
  process.exitCode = code ?? 1
})
