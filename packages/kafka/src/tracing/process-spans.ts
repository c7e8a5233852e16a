import {
  type Context,
  context,
  type Link,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import type { IncomingRecord } from '../consumer/consumed-record.ts';
import type { Outcome } from '../consumer/outcome.ts';
import { messaging, tracer } from './messaging.ts';

/** OpenTelemetry keeps no more links on one span by default. */
const maxLinks = 128;

/** The spans of a batch that is worked off: one of it as a whole, and one of each record that belongs to a trace. */
export type ProcessSpans = {
  /** Does the work within the span of the batch. */
  readonly run: <Result>(work: () => Promise<Result>) => Promise<Result>;
  /** The context of each record's span (W3C `traceparent`), for whoever works it off; by its place in the batch. */
  readonly traceparents: readonly (string | undefined)[];
  /** Ends all; of what is not settled it says that it comes again. */
  readonly end: (outcomes: readonly Outcome[], settled: number) => void;
};

type Traced = Pick<IncomingRecord, 'position' | 'headers' | 'attempt' | 'replay'>;

const untraced: ProcessSpans = {
  run: (work) => work(),
  traceparents: [],
  end: () => undefined,
};

const contextOf = ({ headers }: Traced): Context | undefined => {
  if (!('traceparent' in headers)) return undefined;
  const extracted = propagation.extract(ROOT_CONTEXT, headers);
  return trace.getSpanContext(extracted) && extracted;
};

const linkTo = (of: Context): Link[] => {
  const spanContext = trace.getSpanContext(of);
  return spanContext ? [{ context: spanContext }] : [];
};

const traceparentOf = (of: Context): string | undefined => {
  const carrier: { traceparent?: string } = {};
  propagation.inject(of, carrier);
  return carrier.traceparent;
};

const attributesOf = ({ position, headers, attempt, replay }: Traced, group: string) => ({
  ...messaging('process', position.topic, headers['event-id']),
  'messaging.consumer.group.name': group,
  'messaging.destination.partition.id': String(position.partition),
  'messaging.kafka.offset': Number(position.offset),
  'contact_sync.attempt': attempt,
  ...(replay !== undefined && {
    'contact_sync.replay.id': replay.id,
    'contact_sync.replay.count': replay.count,
  }),
});

const endOne = (span: Span | undefined, outcome: Outcome | undefined): void => {
  if (outcome?.kind === 'done') {
    if (outcome.fate !== undefined) span?.setAttribute('contact_sync.fate', outcome.fate);
  } else {
    span
      ?.setStatus({ code: SpanStatusCode.ERROR })
      .setAttribute('error.type', outcome?.code ?? 'unsettled')
      .setAttribute('contact_sync.outcome', outcome?.kind ?? 'unsettled');
  }
  span?.end();
};

/** Of a record: child of its own context, or the root of a trace linked with it where an operator brought it back. */
const beginOne = (record: Traced, own: Context, batch: Context, group: string): Span => {
  const attributes = attributesOf(record, group);
  const name = `process ${record.position.topic}`;
  const links = [...linkTo(batch), ...(record.replay === undefined ? [] : linkTo(own))];
  const parent = record.replay === undefined ? own : ROOT_CONTEXT;
  return tracer().startSpan(name, { kind: SpanKind.CONSUMER, links, attributes }, parent);
};

/**
 * Begins the spans of a batch. That of the batch goes on the trace of its first record and is linked with all of them;
 * without any trace there are none, at no cost.
 */
export const beginProcessSpans = (records: readonly Traced[], group: string): ProcessSpans => {
  const contexts = records.map(contextOf);
  const [first, ...others] = contexts.filter((own) => own !== undefined);
  if (first === undefined) return untraced;
  const links = [first, ...others].slice(0, maxLinks).flatMap(linkTo);
  const batchSpan = tracer().startSpan(
    'process batch',
    {
      kind: SpanKind.CONSUMER,
      links,
      attributes: {
        ...messaging('process', records[0]?.position.topic ?? ''),
        'messaging.consumer.group.name': group,
        'messaging.batch.message_count': records.length,
      },
    },
    first,
  );
  const batch = trace.setSpan(first, batchSpan);
  const spans = records.map((record, index) => {
    const own = contexts[index];
    return own && beginOne(record, own, batch, group);
  });
  return {
    run: (work) => context.with(batch, work),
    traceparents: spans.map((span) => span && traceparentOf(trace.setSpan(ROOT_CONTEXT, span))),
    end: (outcomes, settled) => {
      for (const [index, span] of spans.entries())
        endOne(span, index < settled ? outcomes[index] : undefined);
      if (settled < records.length) batchSpan.setStatus({ code: SpanStatusCode.ERROR });
      batchSpan.setAttribute('contact_sync.settled', settled).end();
    },
  };
};
