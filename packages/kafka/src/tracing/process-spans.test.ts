import { context, propagation, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deadLetter, done } from '../consumer/outcome.ts';
import { beginProcessSpans } from './process-spans.ts';
import { inSendSpan } from './send-span.ts';

const traceIds = ['0af7651916cd43dd8448eb211c80319c', '1bf7651916cd43dd8448eb211c80319c'] as const;
const contextOf = (traceId: string) => `00-${traceId}-b7ad6b7169203331-01`;

const record = (headers: Record<string, string>, more: object = {}) => ({
  position: { topic: 'events', partition: 2, offset: '7', timestamp: 0 },
  headers: { 'event-id': 'e1', ...headers },
  attempt: 1,
  ...more,
});

const receipt = { topic: 'events', partition: 1, offset: '5' };

describe('without tracing', () => {
  it('a record is sent with the headers that it has', async () => {
    const sent: object[] = [];
    await inSendSpan('events', { 'event-id': 'e1' }, async (headers) => {
      sent.push(headers);
      return receipt;
    });
    expect(sent).toEqual([{ 'event-id': 'e1' }]);
  });

  it('records are worked off without spans, whatever their headers say', async () => {
    const spans = beginProcessSpans([record({ traceparent: contextOf(traceIds[0]) })], 'g');
    expect([await spans.run(async () => 'done'), spans.traceparents]).toEqual(['done', []]);
    spans.end([done()], 1);
  });
});

describe('with tracing', () => {
  const exporter = new InMemorySpanExporter();

  beforeEach(() => {
    exporter.reset();
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    propagation.setGlobalPropagator(new W3CTraceContextPropagator());
    trace.setGlobalTracerProvider(
      new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] }),
    );
  });

  afterEach(() => {
    trace.disable();
    propagation.disable();
    context.disable();
  });

  const spanOf = (name: string, traceId: string) => {
    const found = exporter
      .getFinishedSpans()
      .find((span) => span.name === name && span.spanContext().traceId === traceId);
    if (found === undefined) throw new Error(`no span ${name} in ${traceId}`);
    return found;
  };

  it('each record has a span on its own trace, linked with that of the batch, which is linked with all', async () => {
    const records = [
      record({ traceparent: contextOf(traceIds[0]) }),
      record({}),
      record({ traceparent: contextOf(traceIds[1]) }),
    ];
    const spans = beginProcessSpans(records, 'g');
    await spans.run(async () => undefined);
    spans.end([done('applied'), done(), deadLetter({ stage: 'decode', code: 'UNDECODABLE' })], 3);

    const batch = spanOf('process batch', traceIds[0]);
    expect(batch.links.map(({ context: { traceId } }) => traceId)).toEqual([...traceIds]);
    const [first, second] = traceIds.map((traceId) => spanOf('process events', traceId));
    for (const span of [first, second]) {
      expect(span?.links.map(({ context: { spanId } }) => spanId)).toEqual([batch.spanContext().spanId]);
      expect(span?.attributes).toMatchObject({
        'messaging.system': 'kafka',
        'messaging.destination.name': 'events',
        'messaging.destination.partition.id': '2',
        'messaging.consumer.group.name': 'g',
        'messaging.message.id': 'e1',
      });
    }
    expect(first?.attributes['contact_sync.fate']).toBe('applied');
    expect(second?.attributes['error.type']).toBe('UNDECODABLE');
    expect([first, second].map((span) => span?.status.code)).toEqual([
      SpanStatusCode.UNSET,
      SpanStatusCode.ERROR,
    ]);
    expect(spans.traceparents).toEqual([
      contextOf(traceIds[0]).replace('b7ad6b7169203331', first?.spanContext().spanId ?? ''),
      undefined,
      contextOf(traceIds[1]).replace('b7ad6b7169203331', second?.spanContext().spanId ?? ''),
    ]);
  });

  it('a record that is not settled comes again, and its span says so', () => {
    const spans = beginProcessSpans([record({ traceparent: contextOf(traceIds[0]) })], 'g');
    spans.end([], 0);
    expect(spanOf('process events', traceIds[0]).attributes['error.type']).toBe('unsettled');
    expect(spanOf('process batch', traceIds[0]).status.code).toBe(SpanStatusCode.ERROR);
  });

  it('a replay begins a trace of its own, linked with that of the record', () => {
    const replay = { id: 'r1', count: 2 };
    const spans = beginProcessSpans([record({ traceparent: contextOf(traceIds[0]) }, { replay })], 'g');
    spans.end([done('applied')], 1);
    const replayed = exporter.getFinishedSpans().find(({ name }) => name === 'process events');
    expect(replayed?.spanContext().traceId).not.toBe(traceIds[0]);
    expect(replayed?.links.at(-1)?.context.traceId).toBe(traceIds[0]);
    expect(replayed?.attributes['contact_sync.replay.count']).toBe(2);
  });

  it('a record that is sent within a trace carries the span of its sending, which tells where it stands', async () => {
    const sent: Record<string, unknown>[] = [];
    await trace.getTracer('test').startActiveSpan('request', async (request) => {
      await inSendSpan('events', { 'event-id': 'e1' }, async (headers) => {
        sent.push({ ...headers });
        return receipt;
      });
      request.end();
    });
    const [send, request] = exporter.getFinishedSpans();
    expect(send?.parentSpanContext?.spanId).toBe(request?.spanContext().spanId);
    expect(sent[0]?.['traceparent']).toContain(send?.spanContext().spanId);
    expect(send?.attributes).toMatchObject({
      'messaging.operation.type': 'send',
      'messaging.destination.partition.id': '1',
      'messaging.kafka.offset': 5,
    });
  });

  it('a record that cannot be sent leaves a span with the reason', async () => {
    const failure = Object.assign(new Error('away'), { code: 'DEPENDENCY_UNAVAILABLE' });
    const sending = trace
      .getTracer('test')
      .startActiveSpan('request', () => inSendSpan('events', {}, () => Promise.reject(failure)));
    await expect(sending).rejects.toBe(failure);
    expect(exporter.getFinishedSpans()[0]?.attributes['error.type']).toBe('DEPENDENCY_UNAVAILABLE');
  });

  it('a trace context that a record brings stays', async () => {
    const given = { traceparent: contextOf(traceIds[0]) };
    await trace.getTracer('test').startActiveSpan('request', () =>
      inSendSpan('events', given, async (headers) => {
        expect(headers).toBe(given);
        return receipt;
      }),
    );
  });
});
