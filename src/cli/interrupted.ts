/** Aborted by Ctrl-C or SIGTERM; the second one ends the process as ever. */
export function interrupted(): AbortSignal {
  const stopping = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => stopping.abort(new Error('Stopped.')))
  return stopping.signal
}
