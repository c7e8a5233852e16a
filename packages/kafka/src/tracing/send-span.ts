import { context, propagation, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { RecordHeaders } from '../contracts/topic-contract.ts';
import type { Receipt } from '../producer/outgoing.ts';
import { messaging, tracer } from './messaging.ts';

const failed = (span: Span, error: unknown): void => {
  const type = error instanceof Error && 'code' in error ? String(error.code) : 'INTERNAL';
  span.setStatus({ code: SpanStatusCode.ERROR }).setAttribute('error.type', type).end();
};

/**
 * Sends a record in a span of its own, whose context (W3C `traceparent`) is among its headers unless they bring one. A
 * record that belongs to no trace is just sent.
 */
export const inSendSpan = async (
  topic: string,
  headers: RecordHeaders,
  send: (headers: RecordHeaders) => Promise<Receipt>,
): Promise<Receipt> => {
  if ('traceparent' in headers || trace.getSpan(context.active()) === undefined) return send(headers);
  const attributes = messaging('send', topic, headers['event-id']);
  const span = tracer().startSpan(`send ${topic}`, { kind: SpanKind.PRODUCER, attributes });
  const carrier: Record<string, string> = {};
  propagation.inject(trace.setSpan(context.active(), span), carrier);
  try {
    const receipt = await send({ ...headers, ...carrier });
    span.setAttributes({
      'messaging.destination.partition.id': String(receipt.partition),
      'messaging.kafka.offset': Number(receipt.offset),
    });
    span.end();
    return receipt;
  } catch (error) {
    failed(span, error);
    throw error;
  }
};
