/** What the calls of an AWS client take. */
type Options = { abortSignal: AbortSignal }

/** A call to SQS that is silent for so long has lost its connection. */
export const lostMilliseconds = 15_000

/**
 * Gives up a call to SQS that has had no answer for so long: the SDK itself would wait for ever on a
 * connection that is lost. Unlike `AbortSignal.timeout` it leaves nothing behind once the call is over;
 * under load those would pile up.
 */
export async function within<Value>(
  milliseconds: number,
  call: (options: Options) => Promise<Value>
): Promise<Value> {
  const limit = new AbortController()
  const timer = setTimeout(() => limit.abort(), milliseconds)
  try {
    return await call({ abortSignal: limit.signal })
  } finally {
    clearTimeout(timer)
  }
}
