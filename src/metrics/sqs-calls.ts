import * as count from './count.ts'

type Next<Input, Output> = (input: Input) => Promise<Output>

/** For the middleware of an SQS client: counts its calls, by the name that the SDK has for each. */
export function countCalls<Input, Output>(
  next: Next<Input, Output>,
  { commandName = '' }: { commandName?: string }
): Next<Input, Output> {
  const call = commandName.replace(/Command$/, '')
  return async input => {
    try {
      const output = await next(input)
      count.sqsCall(call, 'done')
      return output
    } catch (error) {
      count.sqsCall(call, 'failed')
      throw error
    }
  }
}
