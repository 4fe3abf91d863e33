import type { FastifyBaseLogger } from 'fastify'
import type { Config } from './config.ts'
import type { OpenSpan, Tracer } from './trace/tracer.ts'

export type Attributes = Record<string, string | number>

export type About = {
  /** As OpenTelemetry calls what a span does; `internal` where nothing is said. */
  kind?: 'internal' | 'server' | 'client' | 'producer' | 'consumer'
  /** Never a mail address, a token or a payload: whoever may read traces may read them. */
  attributes?: Attributes
  /** The span that goes on in this process, as W3C Trace Context writes it. */
  parent?: string | undefined
  /** Begins a trace of its own, with a link to what goes on here. */
  isOwnTrace?: boolean
}

/** None unless a collector is configured; then every function here is a call that does nothing. */
let tracer: Tracer | undefined

type Settings = Pick<Config, 'OTEL_EXPORTER_OTLP_ENDPOINT' | 'OTEL_TRACES_SAMPLER_ARG'>

/** What is loaded for it is loaded only where it is wanted. What it gives flushes, for some seconds at most. */
export async function startTracing(
  settings: Settings,
  service: string,
  log: Pick<FastifyBaseLogger, 'warn'>
) {
  if (settings.OTEL_EXPORTER_OTLP_ENDPOINT === '') return { stop: async () => {} }
  const { openTracer } = await import('./trace/tracer.ts')
  const mine = openTracer(settings, service, log)
  tracer = mine
  return {
    async stop() {
      tracer = undefined
      await mine.stop()
    }
  }
}

export const isOn = () => tracer !== undefined

/** Does the work within a span. */
export function span<Value>(
  name: string,
  about: About,
  work: () => Promise<Value>
): Promise<Value> {
  return tracer ? tracer.run(name, about, work) : work()
}

/** A span that somebody else ends. */
export function open(name: string, about: About): OpenSpan | undefined {
  return tracer?.open(name, about)
}

/** Adds what is known by now to the span that goes on. */
export function note(attributes: Attributes) {
  tracer?.note(attributes)
}

/** What goes on here, for a message to carry; nothing where no span does. */
export function parent(): string | undefined {
  return tracer?.parent()
}
