import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { context, propagation, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';

/** What undici tells on its channels (its docs, "Diagnostics Channel Support"); fetch is undici too. */
type UndiciRequest = {
  readonly origin: string | URL;
  readonly method: string;
  readonly addHeader: (name: string, value: string) => void;
};
type Message = {
  readonly request: UndiciRequest;
  readonly response?: { readonly statusCode: number };
  readonly error?: Error;
};

const tracer = () => trace.getTracer('@contact-sync/service-kit');

const attributesOf = ({ origin, method }: UndiciRequest) => {
  const { hostname, port, protocol } = new URL(String(origin));
  return {
    'http.request.method': method,
    'server.address': hostname,
    'server.port': Number(port) || (protocol === 'https:' ? 443 : 80),
  };
};

/**
 * A span for each request to a peer that belongs to a trace, whoever makes it, with the trace's context in its headers. The
 * path is not told: it may hold what somebody typed. What a process asks of its own accord is no part of a trace.
 */
export const watchClients = (): (() => void) => {
  const spans = new WeakMap<UndiciRequest, Span>();

  const begin = ({ request }: Message): void => {
    if (trace.getSpan(context.active()) === undefined) return;
    const span = tracer().startSpan(request.method, {
      kind: SpanKind.CLIENT,
      attributes: attributesOf(request),
    });
    const carrier: Record<string, string> = {};
    propagation.inject(trace.setSpan(context.active(), span), carrier);
    for (const [name, value] of Object.entries(carrier)) request.addHeader(name, value);
    spans.set(request, span);
  };

  const answered = ({ request, response }: Message): void => {
    const status = response?.statusCode ?? 0;
    const span = spans.get(request)?.setAttribute('http.response.status_code', status);
    if (status >= 400)
      span?.setStatus({ code: SpanStatusCode.ERROR }).setAttribute('error.type', String(status));
  };

  const end = ({ request }: Message): void => {
    spans.get(request)?.end();
    spans.delete(request);
  };

  const fail = (message: Message): void => {
    const { name = 'Error' } = message.error ?? {};
    spans.get(message.request)?.setStatus({ code: SpanStatusCode.ERROR }).setAttribute('error.type', name);
    end(message);
  };

  const channels = [
    ['undici:request:create', begin],
    ['undici:request:headers', answered],
    ['undici:request:trailers', end],
    ['undici:request:error', fail],
  ] as const;
  const listeners = channels.map(
    ([name, hear]) => [name, (message: unknown) => hear(message as Message)] as const,
  );
  for (const [name, listener] of listeners) subscribe(name, listener);
  return () => {
    for (const [name, listener] of listeners) unsubscribe(name, listener);
  };
};
