export type Log = (category: string, text: string, seconds?: number) => void

type Form = { json?: boolean }

/**
 * Lines as in /var/log/aws-sqsd/default.log: `<time> <category>: <text>[ - <seconds>]`, the time in
 * whole seconds, the duration with three decimals; or, with `json`, the same as an object. A text is
 * one line, whatever a message put in it.
 */
export function openLog(write: (line: string) => void, { json = false }: Form = {}): Log {
  return (category, given, seconds) => {
    const text = given.replace(/\p{Cc}+/gu, ' ')
    const time = Date.now()
    if (json) return write(JSON.stringify({ time, category, text, seconds }))
    const duration = seconds === undefined ? '' : ` - ${seconds.toFixed(3)}`
    write(`${isoSeconds(time)} ${category}: ${text}${duration}`)
  }
}

/** `2026-11-23T10:20:30Z`: how the daemon writes times, in the log and in headers. */
export function isoSeconds(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`
}
