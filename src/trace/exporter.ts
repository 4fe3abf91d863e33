import type { SpanExporter } from '@opentelemetry/sdk-trace'
import type { FastifyBaseLogger } from 'fastify'

const quietMilliseconds = 600_000

/** The same exporter, with a word in the log when spans are lost; every ten minutes at most. */
export function sayIfLost(
  exporter: SpanExporter,
  log: Pick<FastifyBaseLogger, 'warn'>
): SpanExporter {
  let saidAt = Number.NEGATIVE_INFINITY
  return {
    export(spans, done) {
      exporter.export(spans, result => {
        if (result.error && performance.now() - saidAt > quietMilliseconds) {
          saidAt = performance.now()
          log.warn(
            { err: result.error, spans: spans.length },
            'spans lost; is the collector at OTEL_EXPORTER_OTLP_ENDPOINT up? Jobs do not need it'
          )
        }
        done(result)
      })
    },
    shutdown: () => exporter.shutdown()
  }
}
