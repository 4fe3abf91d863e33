import { type Option, options, table } from './option.ts'
import { defaults, presetSettings, type Settings } from './settings.ts'

const width = 100
const indent = 33

/** What `--help` prints. */
export function helpText(): string {
  return `Usage: sqsd --worker-queue-url URL [--http-url URL] [flags]

Brings each message of an SQS queue to a worker as a POST, deletes it when the answer is exactly 200,
and sends the periodic tasks of cron.yaml: what Elastic Beanstalk's daemon does, anywhere.

${Object.entries(table).map(describe).join('\n')}
  ${'--version'.padEnd(indent - 2)}print the version
  ${'--help'.padEnd(indent - 2)}print this

Times are in seconds; what stands in brackets is the range and the default. Each flag may be a
variable instead: SQSD_HTTP_URL is --http-url, SQSD_JSON=true is --json, which --no-json undoes. A
flag counts before its variable, that before --ebextensions, that before --preset. The presets are
the defaults above, except for

${(['docs', 'v2'] as const).map(preset => `  ${preset.padEnd(5)} ${flagsOf(presetSettings(preset, {}))}`).join('\n')}

Region, credentials and another endpoint are the AWS SDK's own: AWS_REGION, AWS_ENDPOINT_URL_SQS,
and so on. More in docs/sqsd.md.
`
}

function describe([key, option]: [string, Option]): string {
  const flag = `  --${option.flag}${option.isSwitch ? '' : ' …'}`
  const [first = '', ...rest] = wrap(option.help + brackets(key, option), width - indent)
  return [flag.padEnd(indent) + first, ...rest.map(line => ' '.repeat(indent) + line)].join('\n')
}

function brackets(key: string, { range, isSwitch }: Option): string {
  const standard = key === 'preset' ? 'observed-v3' : (defaults as Record<string, unknown>)[key]
  const shown = standard === undefined || isSwitch ? undefined : String(standard)
  const inside = [range, shown].filter(Boolean).join('; ')
  return inside && ` (${inside})`
}

function flagsOf(settings: Partial<Settings>): string {
  return Object.entries(settings)
    .map(([key, value]) => `--${options[key as keyof Settings].flag} ${value}`)
    .join(' ')
}

function wrap(text: string, most: number): string[] {
  const lines = ['']
  for (const word of text.split(' ')) {
    const line = `${lines.at(-1)} ${word}`.trim()
    if (line.length > most) lines.push(word)
    else lines[lines.length - 1] = line
  }
  return lines
}
