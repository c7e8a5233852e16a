import { context, propagation, trace } from '@opentelemetry/api';

export type TracingSettings = {
  /** Base address of an OTLP receiver (HTTP, JSON); spans go to its `/v1/traces`. */
  readonly OTEL_EXPORTER_OTLP_ENDPOINT?: string | undefined;
  /** Which part of the traces is kept, 0 to 1. */
  readonly OTEL_TRACES_SAMPLER_ARG: number;
};

export type Tracing = {
  /** Sends what is left and ends; never rejects. */
  readonly stop: () => Promise<void>;
};

/**
 * Records spans of this process from now on and sends them in batches beside its work; undefined, and nothing is loaded,
 * where no receiver is set. A receiver that is away costs spans and nothing else. Whether a trace is kept follows from its
 * id alone, so that all services keep the same ones, and no caller can have more of them kept.
 */
export const startTracing = async (
  service: string,
  settings: TracingSettings,
): Promise<Tracing | undefined> => {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_TRACES_SAMPLER_ARG: ratio } = settings;
  if (endpoint === undefined) return undefined;
  const [
    { AsyncLocalStorageContextManager },
    { W3CTraceContextPropagator },
    exporters,
    resources,
    sdk,
    spans,
  ] = await Promise.all([
    import('@opentelemetry/context-async-hooks'),
    import('@opentelemetry/core'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
    import('@opentelemetry/sdk-trace'),
    import('./client-spans.ts'),
  ]);
  const exporter = new exporters.OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` });
  const kept = new sdk.TraceIdRatioBasedSampler(ratio);
  const provider = new sdk.TracerProvider({
    resource: resources.resourceFromAttributes({
      'service.name': service,
      'service.namespace': 'contact-sync',
    }),
    sampler: new sdk.ParentBasedSampler({ root: kept, remoteParentSampled: kept }),
    spanProcessors: [new sdk.BatchSpanProcessor({ exporter, scheduledDelayMillis: 1_000 })],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(provider);
  const stopWatching = spans.watchClients();
  return {
    stop: async () => {
      stopWatching();
      await provider.shutdown().catch(() => undefined);
      trace.disable();
      propagation.disable();
      context.disable();
    },
  };
};
