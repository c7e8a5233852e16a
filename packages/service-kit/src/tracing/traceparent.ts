import {
  type Attributes,
  type Context,
  context,
  createContextKey,
  propagation,
  ROOT_CONTEXT,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';

/** The trace that a W3C `traceparent` names; none where it names none or nothing is traced. */
const contextOf = (traceparent: string | undefined): Context =>
  traceparent === undefined ? ROOT_CONTEXT : propagation.extract(ROOT_CONTEXT, { traceparent });

const traceparentOf = (of: Context): string | undefined => {
  const carrier: { traceparent?: string } = {};
  propagation.inject(of, carrier);
  return carrier.traceparent;
};

/** The `traceparent` of what is under way; undefined where nothing is traced. */
export const currentTraceparent = (): string | undefined => traceparentOf(context.active());

/** The ids by which log lines of what is under way are found; undefined where nothing is traced. */
export const currentTrace = (): { readonly traceId: string; readonly spanId: string } | undefined => {
  const { traceId, spanId } = trace.getSpanContext(context.active()) ?? {};
  return traceId === undefined || spanId === undefined ? undefined : { traceId, spanId };
};

/** Does the work as part of the trace that was noted. */
export const continueTrace = <Result>(traceparent: string | undefined, work: () => Result): Result =>
  traceparent === undefined ? work() : context.with(contextOf(traceparent), work);

const notes = createContextKey('traces of single items');

/** Does the work of many such that {@link notedTrace} finds the trace of each; by the name of an item its `traceparent`. */
export const noteTraces = <Result>(traces: ReadonlyMap<string, string>, work: () => Result): Result =>
  context.with(context.active().setValue(notes, traces), work);

/** The `traceparent` that was noted for an item of what is under way. */
export const notedTrace = (item: string): string | undefined => {
  const noted = context.active().getValue(notes);
  return noted instanceof Map ? noted.get(item) : undefined;
};

/** A step of one of several traces that are worked on together. */
export type Step = {
  /** For what follows from it; undefined where nothing is traced. */
  readonly traceparent: string | undefined;
  /** `error` is a code that says why it failed. */
  readonly end: (facts?: { readonly attributes?: Attributes; readonly error?: string }) => void;
};

/** Begins a step of the trace that was noted; one that does nothing where there is none. */
export const beginStep = (
  name: string,
  traceparent: string | undefined,
  attributes: Attributes = {},
): Step => {
  const parent = contextOf(traceparent);
  if (trace.getSpanContext(parent) === undefined) return { traceparent: undefined, end: () => undefined };
  const span = trace.getTracer('@contact-sync/service-kit').startSpan(name, { attributes }, parent);
  return {
    traceparent: traceparentOf(trace.setSpan(parent, span)),
    end: ({ attributes: more = {}, error } = {}) => {
      span.setAttributes(more);
      if (error !== undefined)
        span.setStatus({ code: SpanStatusCode.ERROR }).setAttribute('error.type', error);
      span.end();
    },
  };
};
