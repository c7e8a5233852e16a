import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLogger } from '../logger.ts';
import { createMetrics } from '../ops/metrics.ts';
import { type ConnectionTimes, httpOptions } from './connection-times.ts';
import { type App, createServer } from './create-server.ts';

const logger = createLogger({ service: 'test', level: 'silent' });
const start = async (times: ConnectionTimes): Promise<App> => {
  const app = await createServer({ logger, metrics: createMetrics('test'), times });
  app.post('/things', { config: { public: true } }, async () => ({}));
  await app.listen({ host: '127.0.0.1', port: 0 });
  return app;
};

const head =
  'POST /things HTTP/1.1\r\nhost: test\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n';
const whole = head.replace('1000', '2').concat('{}');

/** Begins on a connection of its own; gives how long it stood and what came back once the server has closed it. */
const standing = async (app: App, begin: (socket: Socket) => void) => {
  const address = app.server.address();
  if (address === null || typeof address === 'string') throw new Error('the server does not listen');
  const startedAt = performance.now();
  const socket = connect({ host: '127.0.0.1', port: address.port });
  socket.on('error', () => undefined);
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  begin(socket);
  // Not by `once` of node:events, which rejects at a reset: that is a way of being closed too.
  await new Promise((resolve) => socket.once('close', resolve));
  return { ms: performance.now() - startedAt, text };
};

/** A byte at a time, so that the connection is never silent. */
const trickle = (socket: Socket, text: string): void => {
  let sent = 0;
  const timer = setInterval(() => socket.write(text.charAt(sent++)), 50);
  socket.once('close', () => clearInterval(timer));
};

// Node looks once a second, so what has a time of less than that may stand for two.
const checkedMs = 2_000;

describe.concurrent('a connection', () => {
  let app: App;
  const times = { headersMs: 500, requestMs: 2_500, keepAliveMs: 1_500 };
  beforeAll(async () => {
    app = await start(times);
  });
  afterAll(() => app.close());

  it.each<[string, (socket: Socket) => void]>([
    ['never says anything', () => undefined],
    ['sends its head slowly', (socket) => trickle(socket, head)],
  ])('that %s is closed at the time for heads', async (_, begin) => {
    const { ms, text } = await standing(app, begin);
    expect(ms).toBeGreaterThan(times.headersMs - 50);
    expect(ms).toBeLessThan(times.headersMs + checkedMs);
    expect(text).not.toContain(' 200 ');
  });

  it('that sends its body slowly is closed at the time for a whole request, however much it sends', async () => {
    const { ms, text } = await standing(app, (socket) => {
      socket.write(head);
      trickle(socket, ' '.repeat(1_000));
    });
    expect(ms).toBeGreaterThan(times.requestMs - 50);
    expect(ms).toBeLessThan(times.requestMs + checkedMs);
    // A byte that comes after the end takes the answer with it.
    expect(text).toMatch(/^(HTTP\/1.1 408 .*)?$/s);
  });

  it('that rests after an answer is closed at the time for resting', async () => {
    const { ms, text } = await standing(app, (socket) => socket.write(whole));
    expect(ms).toBeGreaterThan(times.keepAliveMs - 50);
    expect(text).toMatch(/^HTTP\/1.1 200 /);
  });
});

it('never gives a body the time of heads where that is the larger one', async () => {
  expect(httpOptions({ headersMs: 60_000, requestMs: 500, keepAliveMs: 1_000 })).toMatchObject({
    headersTimeout: 500,
    requestTimeout: 500,
  });
});
