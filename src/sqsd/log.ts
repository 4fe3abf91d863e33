export type Log = (category: string, text: string, seconds?: number) => void

/**
 * Lines as in /var/log/aws-sqsd/default.log: `<time> <category>: <text>[ - <seconds>]`, the time in
 * whole seconds, the duration with three decimals. A text is one line, whatever a message put in it.
 */
export function openLog(write: (line: string) => void): Log {
  return (category, text, seconds) => {
    const duration = seconds === undefined ? '' : ` - ${seconds.toFixed(3)}`
    write(`${isoSeconds(Date.now())} ${category}: ${text.replace(/\p{Cc}+/gu, ' ')}${duration}`)
  }
}

/** `2026-11-23T10:20:30Z`: how the daemon writes times, in the log and in headers. */
export function isoSeconds(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z')
}
