import type { SpanContext } from '@opentelemetry/api'

/** W3C Trace Context §3.2: version, trace, span, flags; later versions may add to it. */
const form =
  /^(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/

/** Whether a text is a `traceparent` that may be gone on from. */
export function isTraceparent(text: string): boolean {
  const [, version, , , , more] = form.exec(text) ?? []
  return version !== undefined && (version !== '00' || more === undefined) && text.length <= 512
}

/** Of one that is right. */
export function read(text: string): SpanContext {
  const [, , traceId = '', spanId = '', flags = '00'] = form.exec(text) ?? []
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & 1, isRemote: true }
}

export function write({ traceId, spanId, traceFlags }: SpanContext): string {
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`
}
