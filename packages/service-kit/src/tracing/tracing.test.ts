import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { eventually } from '@contact-sync/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createHttpClient } from '../http-client/http-client.ts';
import { createLogger } from '../logger.ts';
import { createMetrics } from '../ops/metrics.ts';
import { createServer } from '../server/create-server.ts';
import { apartFromTraces, inOwnTrace } from './own-trace.ts';
import { startTracing, type Tracing } from './start-tracing.ts';
import { continueTrace, currentTrace } from './traceparent.ts';

type Span = {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly status: { readonly code?: number };
};

const bodies: string[] = [];
const receiver = createHttpServer(async (request, response) => {
  bodies.push(await text(request));
  response.setHeader('content-type', 'application/json').end('{}');
});
let endpoint: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
});
afterAll(() => {
  receiver.closeAllConnections();
  receiver.close();
});

let tracing: Tracing | undefined;
afterEach(async () => {
  await tracing?.stop();
  tracing = undefined;
  bodies.length = 0;
});

const received = (): Span[] =>
  bodies.flatMap((body) =>
    (JSON.parse(body) as { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] }).resourceSpans.flatMap(
      ({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans),
    ),
  );

/** So many spans, as they come. */
const spans = (count: number): Promise<Span[]> =>
  eventually(() => {
    expect(received()).toHaveLength(count);
    return received();
  });

/** What there was in all. */
const lastSpans = async (): Promise<Span[]> => {
  await tracing?.stop();
  tracing = undefined;
  return received();
};

const begin = async (ratio = 1) => {
  const settings = { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_TRACES_SAMPLER_ARG: ratio };
  tracing = await startTracing('test', settings);
};

const context = () => ({
  logger: createLogger({ service: 'test', level: 'silent' }),
  metrics: createMetrics('test'),
  isTraced: true,
});
const open = { config: { public: true } } as const;

/** One that has a peer, and asks it for every body that it gets. */
const startPair = async () => {
  const peer = await createServer(context());
  peer.get('/answers/:id', open, async () => ({}));
  peer.get('/internal/answers', open, async () => ({}));
  const http = createHttpClient({ peer: 'peer', baseUrl: await peer.listen({ host: '127.0.0.1', port: 0 }) });
  const app = await createServer(context());
  app.post('/questions', open, async () => {
    await http.request({ method: 'GET', path: '/answers/ada@example.com' });
    return {};
  });
  app.post('/faults', open, async () => {
    throw new Error('a fault of ours');
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const post = async (path: string, headers: Record<string, string> = {}) =>
    fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ text: 'x'.repeat(20_000) }),
    });
  return {
    post,
    http,
    [Symbol.asyncDispose]: async () => {
      await http.close();
      await Promise.all([app.close(), peer.close()]);
    },
  };
};

const traceId = '0af7651916cd43dd8448eb211c80319c';
const traceparent = `00-${traceId}-b7ad6b7169203331-01`;

describe('tracing', () => {
  it("a request goes on its caller's trace, and so do the calls that are made for it", async () => {
    await begin();
    await using pair = await startPair();
    expect((await pair.post('/questions', { traceparent })).status).toBe(200);
    const all = await spans(3);
    const named = (name: string) => all.find((span) => span.name === name);
    const [asked, call, answered] = ['POST /questions', 'GET', 'GET /answers/:id'].map(named);
    expect([asked, call, answered].map((span) => span?.traceId)).toEqual([traceId, traceId, traceId]);
    expect([asked, call, answered].map((span) => span?.parentSpanId)).toEqual([
      'b7ad6b7169203331',
      asked?.spanId,
      call?.spanId,
    ]);
    expect(bodies.join('')).not.toContain('ada@example.com');
  });

  it('a fault of ours is an error of its span', async () => {
    await begin();
    await using pair = await startPair();
    await pair.post('/faults');
    expect((await spans(1)).map(({ name, status }) => [name, status.code])).toEqual([['POST /faults', 2]]);
  });

  it('what services ask each other for nobody in particular leaves no trace', async () => {
    await begin();
    await using pair = await startPair();
    await pair.http.request({ method: 'GET', path: '/internal/answers' });
    expect(await lastSpans()).toEqual([]);
  });

  it('work that is a trace of its own carries it to peers, whoever asked for it, and tells how it ended', async () => {
    await begin();
    await using pair = await startPair();
    const ask = async () => (await pair.http.request({ method: 'GET', path: '/answers/1' })).status;
    const endOf = (status: number) => ({ attributes: { status }, error: 'unanswered' });
    await continueTrace(traceparent, () => inOwnTrace('deliver', {}, ask, endOf));
    const all = await spans(3);
    const own = all.find(({ name }) => name === 'deliver');
    expect(own).toMatchObject({ status: { code: 2 } });
    expect(own?.parentSpanId).toBeUndefined();
    expect(all.map((span) => span.traceId)).toEqual([own?.traceId, own?.traceId, own?.traceId]);
    expect(own?.traceId).not.toBe(traceId);
  });

  it('work that is a trace of its own and fails rejects, and its span says so', async () => {
    await begin();
    const fault = new TypeError('a fault of ours');
    const work = inOwnTrace(
      'deliver',
      {},
      () => Promise.reject(fault),
      () => ({ attributes: {} }),
    );
    await expect(work).rejects.toBe(fault);
    expect((await spans(1)).map(({ status }) => status.code)).toEqual([2]);
  });

  it('what goes on after its request was answered belongs to no trace', async () => {
    await begin();
    expect(continueTrace(traceparent, () => apartFromTraces(currentTrace))).toBeUndefined();
  });

  it('a trace that is not kept is not sent, though its caller would have it kept', async () => {
    await begin(0);
    await using pair = await startPair();
    await pair.post('/questions', { traceparent });
    expect(await lastSpans()).toEqual([]);
  });

  it('a receiver that is away holds up no end', async () => {
    const away = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9', OTEL_TRACES_SAMPLER_ARG: 1 };
    tracing = await startTracing('test', away);
    await using pair = await startPair();
    await pair.post('/faults');
    const startedAt = performance.now();
    expect(await lastSpans()).toEqual([]);
    expect(performance.now() - startedAt).toBeLessThan(4_000);
  });

  it('without a receiver nothing is recorded and nothing is loaded', async () => {
    expect(await startTracing('test', { OTEL_TRACES_SAMPLER_ARG: 1 })).toBeUndefined();
    expect(continueTrace(traceparent, currentTrace)).toBeUndefined();
  });
});
