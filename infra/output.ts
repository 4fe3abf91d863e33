/** The outputs of a stack, by name. */
export type Outputs = Record<string, string>

export const command =
  'The command is: aws cloudformation describe-stacks --stack-name … --output json'

/** A stack that has rolled an update back is as it was before, and whole. */
const finished = [
  'CREATE_COMPLETE',
  'UPDATE_COMPLETE',
  'UPDATE_ROLLBACK_COMPLETE',
  'IMPORT_COMPLETE'
]

/**
 * The outputs in what `aws cloudformation describe-stacks --output json` prints about one stack. Throws a
 * sentence when it is something else, the stack is not made, or an output can't be what it should.
 */
export function readOutputs(json: string): Outputs {
  const [stack, ...others] = stacksIn(json)
  if (!stack || others.length > 0)
    throw new Error(`Describe one stack: add --stack-name to the command. ${command}`)
  const { StackName, StackStatus } = stack
  if (!finished.includes(StackStatus))
    throw new Error(`The stack ${StackName} is ${StackStatus}: ${adviceFor(StackStatus)}.`)
  const outputs = Object.fromEntries(pairsIn(stack))
  const wrong = Object.entries(outputs).flatMap(complaints)
  if (wrong.length > 0) throw new Error(wrong.join('\n'))
  return outputs
}

function adviceFor(status: string) {
  return status.endsWith('_IN_PROGRESS')
    ? 'wait until it is made, and describe it again'
    : 'mend it or make it anew first; aws cloudformation describe-stack-events tells why'
}

type Stack = { StackName: string; StackStatus: string; Outputs?: unknown }

function stacksIn(json: string): Stack[] {
  const { Stacks = [] } = parse(json)
  if (!Array.isArray(Stacks) || !Stacks.every(isStack)) throw new Error(wrongJson)
  return Stacks
}

const wrongJson = `This is not the JSON of a stack. ${command}`

function parse(json: string): { Stacks?: unknown } {
  try {
    return Object(JSON.parse(json))
  } catch {
    throw new Error(wrongJson)
  }
}

function isStack(stack: unknown): stack is Stack {
  const { StackName, StackStatus } = Object(stack)
  return typeof StackName === 'string' && typeof StackStatus === 'string'
}

function pairsIn({ StackName, Outputs = [] }: Stack): [string, string][] {
  if (!Array.isArray(Outputs)) throw new Error(wrongJson)
  if (Outputs.length === 0)
    throw new Error(
      `The stack ${StackName} has no outputs: is it the one that infra/shared.yaml makes?`
    )
  return Outputs.map(output => {
    const { OutputKey, OutputValue } = Object(output)
    if (typeof OutputKey !== 'string' || typeof OutputValue !== 'string') throw new Error(wrongJson)
    return [OutputKey, OutputValue]
  })
}

/** What an output must look like, by its name, and in words. */
const forms: [name: RegExp, form: RegExp, means: string][] = [
  [/^PublicUrl$/, /^https:\/\/[A-Za-z0-9.-]+$/, 'https and a host without a path'],
  [/^Subnets$/, /^[^\s,]+(,[^\s,]+)+$/, 'two subnets at least, separated by commas'],
  [/^(Database|Operator|ApiKeys)\w*Arn$/, /^arn:[a-z-]+:secretsmanager:.+/, 'the ARN of a secret'],
  [/^CertificateArn$/, /^arn:[a-z-]+:acm:.+/, 'the ARN of a certificate'],
  [/QueueUrl$/, /^https:\/\/[^/]+\/.+/, 'the URL of a queue']
]

function complaints([name, value]: [string, string]): string[] {
  return forms
    .filter(([named, form]) => named.test(name) && !form.test(value))
    .map(([, , means]) => `The output ${name} is "${value}", and must be ${means}.`)
}
