import { type Attributes, context, ROOT_CONTEXT, SpanStatusCode, trace } from '@opentelemetry/api';

/** What is told of work at its end; `error` is a code that says why it failed. */
export type TraceEnd = { readonly attributes: Attributes; readonly error?: string };

/**
 * Does the work as a trace of its own, whatever is under way, and tells of it at its end what `endOf` makes of its result.
 * Rejects as the work does. Where nothing is traced it is just done.
 */
export const inOwnTrace = <Result>(
  name: string,
  attributes: Attributes,
  work: () => Promise<Result>,
  endOf: (result: Result) => TraceEnd,
): Promise<Result> => {
  const tracer = trace.getTracer('@contact-sync/service-kit');
  return tracer.startActiveSpan(name, { attributes }, ROOT_CONTEXT, async (span) => {
    const fail = (type: string) =>
      span.setStatus({ code: SpanStatusCode.ERROR }).setAttribute('error.type', type);
    try {
      const result = await work();
      const { attributes: facts, error } = endOf(result);
      span.setAttributes(facts);
      if (error !== undefined) fail(error);
      return result;
    } catch (cause) {
      fail(cause instanceof Error ? cause.name : 'INTERNAL');
      throw cause;
    } finally {
      span.end();
    }
  });
};

/** Does work that goes on long after whoever asked for it was answered: it belongs to no trace. */
export const apartFromTraces = <Result>(work: () => Result): Result => context.with(ROOT_CONTEXT, work);
