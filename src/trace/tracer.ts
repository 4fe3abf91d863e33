import { AsyncLocalStorage } from 'node:async_hooks'
import { hostname } from 'node:os'
import {
  type Context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace
} from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes
} from '@opentelemetry/resources'
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider
} from '@opentelemetry/sdk-trace'
import type { FastifyBaseLogger } from 'fastify'
import type { Config } from '../config.ts'
import type { About, Attributes } from '../trace.ts'
import { within } from '../within.ts'
import { sayIfLost } from './exporter.ts'
import { read, write } from './traceparent.ts'

export type Tracer = ReturnType<typeof openTracer>
export type OpenSpan = ReturnType<Tracer['open']>

/** A process that stops does not wait longer for a collector. */
const flushSeconds = 3

type Settings = Pick<Config, 'OTEL_EXPORTER_OTLP_ENDPOINT' | 'OTEL_TRACES_SAMPLER_ARG'>

/**
 * Spans for a collector, by OTLP over HTTP. They are kept (2,048 at most) and sent beside the work, which never waits
 * for it. The SDK reads the other variables of the standard: OTEL_EXPORTER_OTLP_HEADERS, OTEL_RESOURCE_ATTRIBUTES,
 * OTEL_SERVICE_NAME.
 */
export function openTracer(
  settings: Settings,
  service: string,
  log: Pick<FastifyBaseLogger, 'warn'>
) {
  const provider = openProvider(settings, service, log)
  const tracer = provider.getTracer('beanline')
  const active = new AsyncLocalStorage<Context>()

  function begin(name: string, { kind = 'internal', attributes, parent, isOwnTrace }: About) {
    const here = active.getStore() ?? ROOT_CONTEXT
    const linked = isOwnTrace ? trace.getSpanContext(here) : undefined
    const context = parent ? trace.setSpanContext(ROOT_CONTEXT, read(parent)) : here
    return tracer.startSpan(
      name,
      {
        kind: kinds[kind],
        root: isOwnTrace === true,
        ...(attributes && { attributes }),
        ...(linked && { links: [{ context: linked }] })
      },
      context
    )
  }

  const enter = <Value>(span: Span, work: () => Value) =>
    active.run(trace.setSpan(active.getStore() ?? ROOT_CONTEXT, span), work)

  return {
    async run<Value>(name: string, about: About, work: () => Promise<Value>): Promise<Value> {
      const span = begin(name, about)
      try {
        return await enter(span, work)
      } catch (error) {
        fail(span, error)
        throw error
      } finally {
        span.end()
      }
    },

    open(name: string, about: About) {
      const span = begin(name, about)
      return {
        parent: write(span.spanContext()),
        enter: <Value>(work: () => Value) => enter(span, work),
        end(attributes: Attributes = {}, isError = false) {
          span.setAttributes(attributes)
          if (isError) span.setStatus({ code: SpanStatusCode.ERROR })
          span.end()
        }
      }
    },

    note(attributes: Attributes) {
      trace.getSpan(active.getStore() ?? ROOT_CONTEXT)?.setAttributes(attributes)
    },

    parent() {
      const here = trace.getSpanContext(active.getStore() ?? ROOT_CONTEXT)
      return here && write(here)
    },

    async stop() {
      await within(flushSeconds, provider.shutdown()).catch(() => {})
    }
  }
}

const kinds = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER
}

function openProvider(settings: Settings, service: string, log: Pick<FastifyBaseLogger, 'warn'>) {
  const endpoint = settings.OTEL_EXPORTER_OTLP_ENDPOINT.replace(/\/$/, '')
  const exporter = sayIfLost(new OTLPTraceExporter({ url: `${endpoint}/v1/traces` }), log)
  const ratio = Number(settings.OTEL_TRACES_SAMPLER_ARG)
  const own = { 'service.name': service, 'service.instance.id': `${hostname()}:${process.pid}` }
  return new TracerProvider({
    resource: defaultResource()
      .merge(resourceFromAttributes(own))
      .merge(detectResources({ detectors: [envDetector] })),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) }),
    spanProcessors: [new BatchSpanProcessor({ exporter })]
  })
}

/** Not what the error says: it may have a mail address in it. The log has it, without. */
function fail(span: Span, error: unknown) {
  span.setAttribute('error.type', error instanceof Error ? error.name : typeof error)
  span.setStatus({ code: SpanStatusCode.ERROR })
}
