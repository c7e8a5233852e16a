import {
  type Context,
  context,
  propagation,
  ROOT_CONTEXT,
  type SpanContext,
  SpanKind,
  trace,
} from '@opentelemetry/api';
import type { RecordHeaders } from './contracts/topic-contract.ts';

/** The headers with the caller's trace context (W3C `traceparent`) among them, unless they bring one. */
export const withTraceparent = (headers: RecordHeaders): RecordHeaders => {
  if ('traceparent' in headers) return headers;
  const carrier: Record<string, string> = {};
  propagation.inject(context.active(), carrier);
  const { traceparent } = carrier;
  return traceparent === undefined ? headers : { ...headers, traceparent };
};

/** OpenTelemetry keeps no more links on one span by default. */
const maxLinks = 128;

const spanContextsOf = (contexts: readonly Context[]): SpanContext[] =>
  contexts.flatMap((recordContext) => trace.getSpanContext(recordContext) ?? []);

/**
 * Runs `work` in a span of its own that continues the trace of the first record that has one and is linked with those
 * of all; without any trace, just runs it.
 */
export const inConsumerSpan = <T>(
  records: readonly { readonly headers: RecordHeaders }[],
  work: () => Promise<T>,
): Promise<T> => {
  const contexts = records.flatMap(({ headers }) =>
    'traceparent' in headers ? [propagation.extract(ROOT_CONTEXT, headers)] : [],
  );
  const [parent] = contexts;
  if (parent === undefined) return work();
  const links = spanContextsOf(contexts.slice(0, maxLinks)).map((spanContext) => ({ context: spanContext }));
  const options = {
    kind: SpanKind.CONSUMER,
    links,
    attributes: { 'messaging.batch.message_count': records.length },
  };
  return trace.getTracer('@contact-sync/kafka').startActiveSpan('process', options, parent, async (span) => {
    try {
      return await work();
    } finally {
      span.end();
    }
  });
};
