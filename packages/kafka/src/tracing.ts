import { type Context, context, propagation, ROOT_CONTEXT } from '@opentelemetry/api';
import type { RecordHeaders } from './contracts/topic-contract.ts';

/** The headers with the caller's trace context (W3C `traceparent`) among them, unless they bring one. */
export const withTraceparent = (headers: RecordHeaders): RecordHeaders => {
  if ('traceparent' in headers) return headers;
  const carrier: Record<string, string> = {};
  propagation.inject(context.active(), carrier);
  const { traceparent } = carrier;
  return traceparent === undefined ? headers : { ...headers, traceparent };
};

/** The trace context that a record came with. */
export const contextOf = (headers: RecordHeaders): Context => propagation.extract(ROOT_CONTEXT, headers);
