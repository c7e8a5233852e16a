import {
  type Context,
  context,
  propagation,
  type Span,
  type SpanOptions,
  type TextMapPropagator,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { afterEach, expect, test, vi } from 'vitest';
import { inConsumerSpan, withTraceparent } from './tracing.ts';

const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

/** The W3C format, as far as the test needs it. */
const propagator: TextMapPropagator<Record<string, string>> = {
  inject: (_, carrier) => {
    carrier['traceparent'] = traceparent;
  },
  extract: (parent: Context, carrier) => {
    const [, traceId = '', spanId = ''] = (carrier['traceparent'] ?? '').split('-');
    return trace.setSpanContext(parent, { traceId, spanId, traceFlags: 1 });
  },
  fields: () => ['traceparent'],
};

afterEach(() => {
  propagation.disable();
  context.disable();
  trace.disable();
});

test('without tracing no header is added', () => {
  expect(withTraceparent({ 'event-id': 'e1' })).toEqual({ 'event-id': 'e1' });
});

test("the caller's trace context travels among the headers", () => {
  propagation.setGlobalPropagator(propagator);
  expect(withTraceparent({ 'event-id': 'e1' })).toEqual({ 'event-id': 'e1', traceparent });
});

test('a trace context that is given stays', () => {
  propagation.setGlobalPropagator(propagator);
  expect(withTraceparent({ traceparent: 'given' })).toEqual({ traceparent: 'given' });
});

test('records without a trace are worked off without a span', async () => {
  expect(await inConsumerSpan([{ headers: {} }], async () => 'done')).toBe('done');
});

test('a batch continues the trace of its first record and is linked with all', async () => {
  propagation.setGlobalPropagator(propagator);
  const started: { links: number; parent: string | undefined }[] = [];
  const end = vi.fn();
  const span = { end } as unknown as Span;
  const tracer: Pick<Tracer, 'startActiveSpan'> = {
    startActiveSpan: (
      _name: string,
      options: SpanOptions,
      parent: Context,
      work: (span: Span) => unknown,
    ) => {
      started.push({ links: options.links?.length ?? 0, parent: trace.getSpanContext(parent)?.traceId });
      return work(span);
    },
  } as Tracer;
  trace.setGlobalTracerProvider({ getTracer: () => tracer as Tracer });
  const other = traceparent.replace('0af7', '0af8');
  const records = [{ headers: {} }, { headers: { traceparent } }, { headers: { traceparent: other } }];

  await expect(inConsumerSpan(records, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');

  expect(started).toEqual([{ links: 2, parent: '0af7651916cd43dd8448eb211c80319c' }]);
  expect(end).toHaveBeenCalledOnce();
});
