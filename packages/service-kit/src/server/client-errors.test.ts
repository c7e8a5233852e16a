import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLogger } from '../logger.ts';
import { createMetrics } from '../ops/metrics.ts';
import { type App, createServer } from './create-server.ts';

let app: App;

beforeAll(async () => {
  app = await createServer({
    logger: createLogger({ service: 'test', level: 'silent' }),
    metrics: createMetrics('test'),
    times: { headersMs: 300, requestMs: 300, keepAliveMs: 1_000 },
  });
  app.post('/things', { config: { public: true } }, async () => ({}));
  app.get('/endless', { config: { public: true } }, (_request, reply) => {
    reply.hijack();
    reply.raw.writeHead(200).write('begun');
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
});

afterAll(() => app.close());

/** What comes back for these bytes until the server closes; `more` is sent once something has come. */
const answerTo = async (bytes: string, more?: string): Promise<string> => {
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  socket.once('data', () => more !== undefined && socket.write(more));
  socket.on('error', () => undefined);
  socket.write(bytes);
  await once(socket, 'close');
  return text;
};

const parts = (answer: string) => {
  const [head = '', body = ''] = answer.split('\r\n\r\n');
  const [line = '', ...headers] = head.split('\r\n');
  return { status: Number(line.split(' ')[1]), headers, body, problem: JSON.parse(body) };
};

const body = (headers: string, text: string) => `POST /things HTTP/1.1\r\n${headers}\r\n\r\n${text}`;

describe('what is no request', () => {
  it.each([
    ['is not HTTP', 'hello\r\n\r\n', 400, 'MALFORMED_REQUEST'],
    [
      'has two lengths',
      body('host: a\r\ncontent-length: 2\r\ncontent-length: 3', '{}'),
      400,
      'MALFORMED_REQUEST',
    ],
    ['names no host', 'POST /things HTTP/1.1\r\n\r\n', 400, 'MALFORMED_REQUEST'],
    [
      'names two hosts',
      'POST /things HTTP/1.1\r\nhost: a\r\nHost: b\r\nconnection: close\r\n\r\n',
      400,
      'MALFORMED_REQUEST',
    ],
    ['has a head without end', `GET /things HTTP/1.1\r\nx: ${'y'.repeat(20_000)}`, 431, 'HEADERS_TOO_LARGE'],
    ['has a head that never ends', 'POST /things HTTP/1.1\r\nhost: a\r\n', 408, 'REQUEST_TIMEOUT'],
    [
      'has a body that never ends',
      body('host: a\r\ncontent-type: application/json\r\ncontent-length: 9', '{'),
      408,
      'REQUEST_TIMEOUT',
    ],
  ])('is a problem with a code where it %s', async (_, bytes, status, code) => {
    const answer = parts(
      await answerTo(bytes.replace('HTTP/1.1\r\n\r\n', 'HTTP/1.1\r\nconnection: close\r\n\r\n')),
    );
    expect([answer.status, answer.problem.status, answer.problem.code]).toEqual([status, status, code]);
    expect(answer.headers.join('\n').toLowerCase()).toContain('content-type: application/problem+json');
    expect(answer.headers.join('\n').toLowerCase()).toContain(`x-request-id: ${answer.problem.requestId}`);
  });

  it('is never answered in the midst of another answer', async () => {
    const text = await answerTo('GET /endless HTTP/1.1\r\nhost: a\r\n\r\n', 'no request\r\n\r\n');
    expect(text).toMatch(/^HTTP\/1.1 200 /);
    expect(text.match(/HTTP\/1.1/g)).toHaveLength(1);
  });

  it('of HTTP/1.0 needs no host', async () => {
    const text = await answerTo('GET /nowhere HTTP/1.0\r\n\r\n');
    expect(parts(text).problem.code).toBe('NOT_FOUND');
  });
});
