import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { type Buckets, createLocalBuckets } from '@contact-sync/redis';
import { eventually } from '@contact-sync/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createTestGateway, type TestGateway } from './fakes/test-gateway.ts';

let gateway: TestGateway | undefined;
let sockets: Socket[] = [];

afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  sockets = [];
  await gateway?.close();
  gateway = undefined;
});

const create = async (
  settings: Readonly<Record<string, string>>,
  dependencies: Parameters<typeof createTestGateway>[1] = {},
) => {
  gateway = await createTestGateway(settings, dependencies);
  await gateway.app.listen({ host: '127.0.0.1', port: 0 });
  return gateway;
};

/** Begins a request over a connection of its own; `rest` is whatever follows its head. */
const begin = async (
  { app, bearer }: TestGateway,
  line: string,
  headers: readonly string[] = [],
  rest = '',
) => {
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
  sockets.push(socket);
  await once(socket, 'connect');
  const head = [`${line} HTTP/1.1`, 'Host: x', `Authorization: ${bearer.authorization}`, ...headers];
  socket.write(`${head.join('\r\n')}\r\n\r\n${rest}`);
  return socket;
};

/** Headers of a request with a body, and what of the body is sent. */
type Half = readonly [headers: readonly string[], sent: string];

const halfOf = (length: number, sent = length / 2): Half => [
  ['Content-Type: text/plain', `Content-Length: ${length}`],
  'x'.repeat(sent),
];
const halfInChunks: Half = [
  ['Content-Type: text/plain', 'Transfer-Encoding: chunked'],
  'a\r\nhalf of it\r\n',
];

/** Buckets that tell how many requests of users the limiter has let through. */
const countingBuckets = () => {
  const buckets = createLocalBuckets();
  const take = vi.spyOn(buckets, 'take');
  return {
    buckets,
    counted: () =>
      take.mock.settledResults.filter(
        ({ type }, index) => type === 'fulfilled' && take.mock.calls[index]?.[0].startsWith('user '),
      ).length,
  };
};

/** The gateway has seen that connections were closed. */
const connectionsLeft = ({ app }: TestGateway, count: number) =>
  eventually(
    () =>
      new Promise<boolean>((resolve) => {
        app.server.getConnections((_, left) => resolve(left === count));
      }),
  );

/** A service that answers nothing until it is told to. */
const hang = ({ upstreams: { contact } }: TestGateway) => {
  const held: [IncomingMessage, ServerResponse][] = [];
  contact.answer = (...exchange) => void held.push(exchange);
  return {
    held,
    letGo: () => {
      contact.answer = (_, response) => response.end('{}');
      for (const [request, response] of held.splice(0)) contact.answer(request, response);
    },
  };
};

const contacts = (made: TestGateway) => made.app.inject({ url: '/api/v1/contacts', headers: made.bearer });

describe('a service that hangs', () => {
  it('is asked no more at once than it may, and beyond those who wait the answer is 503 at once', async () => {
    const made = await create({ UPSTREAM_REQUESTS: '2', UPSTREAM_REQUESTS_WAITING: '1' });
    const { held, letGo } = hang(made);
    const asked = [contacts(made), contacts(made), contacts(made)].map((answer) => answer.then((it) => it));
    await eventually(() => held.length === 2);
    const refused = await contacts(made);
    expect([refused.statusCode, refused.json().code, refused.headers['retry-after']]).toEqual([
      503,
      'OVERLOADED',
      '1',
    ]);
    expect(made.upstreams.contact.begun).toBe(2);
    const other = await made.app.inject({ url: '/api/v1/made-up/1', headers: made.bearer });
    expect(other.statusCode).toBe(200);
    letGo();
    expect((await Promise.all(asked)).map(({ statusCode }) => statusCode)).toEqual([200, 200, 200]);
  });

  it('costs each of many requests the time-out from their arrival, not from their turn', async () => {
    const made = await create({
      UPSTREAM_REQUESTS: '2',
      CALLER_REQUESTS: '200',
      UPSTREAM_TIMEOUT_MS: '500',
    });
    hang(made);
    const ask = async () => {
      const began = performance.now();
      const answer = await contacts(made);
      return { code: answer.json().code, ms: performance.now() - began };
    };
    const answers = await Promise.all(Array.from({ length: 200 }, ask));
    expect(new Set(answers.map(({ code }) => code))).toEqual(new Set(['TIMEOUT']));
    // One after the other, two at a time, they would take 50 s; the rest is room for a machine that is busy.
    expect(Math.max(...answers.map(({ ms }) => ms))).toBeLessThan(10_000);
    expect(Math.min(...answers.map(({ ms }) => ms))).toBeGreaterThanOrEqual(490);
  });

  it('has its places back once their time is over', async () => {
    const made = await create({ UPSTREAM_REQUESTS: '1', UPSTREAM_TIMEOUT_MS: '1000' });
    const { letGo } = hang(made);
    expect((await contacts(made)).json().code).toBe('TIMEOUT');
    letGo();
    expect((await contacts(made)).statusCode).toBe(200);
  });
});

describe('a caller that hangs up', () => {
  it('ends its call to the service, and gives its place to the next', async () => {
    const made = await create({ UPSTREAM_REQUESTS: '1' });
    const { held, letGo } = hang(made);
    const caller = await begin(made, 'GET /api/v1/contacts/7');
    await eventually(() => held.length === 1);
    const [, response] = held[0] ?? [];
    caller.destroy();
    await eventually(() => response?.destroyed === true);
    letGo();
    expect((await contacts(made)).statusCode).toBe(200);
  });

  it('before it is counted holds nothing', async () => {
    const { promise: counted, resolve } = Promise.withResolvers<void>();
    const { take } = createLocalBuckets();
    const asked = vi.fn();
    const slow: Buckets = {
      take: async (...bucket) => {
        asked();
        await counted;
        return take(...bucket);
      },
    };
    const made = await create({ CALLER_REQUESTS: '1' }, { buckets: slow });
    const caller = await begin(made, 'GET /api/v1/contacts/7');
    await eventually(() => asked.mock.calls.length === 1);
    caller.destroy();
    await connectionsLeft(made, 0);
    resolve();
    expect((await contacts(made)).statusCode).toBe(200);
    expect(made.upstreams.contact.seen.map(({ url }) => url)).toEqual(['/api/v1/contacts']);
  });

  it('while its request waits is not acted for: it is never sent', async () => {
    const counter = countingBuckets();
    const made = await create({ UPSTREAM_REQUESTS: '1' }, counter);
    const { held, letGo } = hang(made);
    const first = contacts(made).then((answer) => answer);
    await eventually(() => held.length === 1);
    const caller = await begin(made, 'DELETE /api/v1/contacts/7');
    await eventually(() => counter.counted() === 2);
    caller.destroy();
    await connectionsLeft(made, 0);
    letGo();
    expect((await first).statusCode).toBe(200);
    expect((await contacts(made)).statusCode).toBe(200);
    expect(made.upstreams.contact.seen.map(({ method }) => method)).toEqual(['GET', 'GET']);
  });

  it.each<[string, Half]>([
    ['of a declared length', halfOf(100)],
    ['in chunks', halfInChunks],
  ])('in the middle of a body %s has sent nothing, and holds nothing', async (_, half) => {
    const counter = countingBuckets();
    const made = await create({ CALLER_REQUESTS: '1' }, counter);
    const caller = await begin(made, 'POST /api/v1/contacts', ...half);
    await eventually(() => counter.counted() === 1);
    expect((await contacts(made)).statusCode).toBe(429);
    caller.destroy();
    await eventually(async () => (await contacts(made)).statusCode === 200);
    expect(made.upstreams.contact.seen.map(({ method }) => method)).not.toContain('POST');
    expect(made.upstreams.contact.begun).toBe(made.upstreams.contact.seen.length);
  });
});

describe('bodies that do not come', () => {
  it('take no connection to a service', async () => {
    const made = await create({ UPSTREAM_REQUESTS: '2', CALLER_REQUESTS: '9' });
    for (let time = 0; time < 8; time += 1) await begin(made, 'POST /api/v1/contacts', ...halfOf(100));
    await connectionsLeft(made, 8);
    expect((await contacts(made)).statusCode).toBe(200);
    expect(made.upstreams.contact.begun).toBe(1);
  });

  it.each<[string, Half]>([
    ['halfway', halfOf(100)],
    ['the first byte', halfOf(100, 0)],
  ])('from %s on are answered 503 in time, and the connection is closed', async (_, half) => {
    const made = await create({ UPSTREAM_TIMEOUT_MS: '200' });
    const caller = await begin(made, 'POST /api/v1/contacts', ...half);
    let answer = '';
    caller.setEncoding('utf8').on('data', (text: string) => {
      answer += text;
    });
    await once(caller, 'close');
    expect(answer).toMatch(/^HTTP\/1\.1 503 .*\r\nconnection: close\r\n.*"code":"TIMEOUT"/is);
    expect(made.upstreams.contact.begun).toBe(0);
  });

  it('hold no more memory than they may, and give it back', async () => {
    const made = await create({ BODY_LIMIT_BYTES: '2097152', BODIES_LIMIT_BYTES: '1048576' });
    const post = async (length: number) => {
      const headers = { ...made.bearer, 'content-type': 'text/plain' };
      const payload = 'x'.repeat(length);
      const answer = await made.app.inject({ method: 'POST', url: '/api/v1/contacts', headers, payload });
      return answer.json().code ?? answer.statusCode;
    };
    expect([await post(1_000_000), await post(1_500_000), await post(1_000_000)]).toEqual([
      200,
      'OVERLOADED',
      200,
    ]);
  });
});

describe('a caller', () => {
  it('has no more under way than its share, over all services, and takes nothing from others', async () => {
    const made = await create({ CALLER_REQUESTS: '2' });
    const { held, letGo } = hang(made);
    const asked = [contacts(made), contacts(made)].map((answer) => answer.then((it) => it));
    await eventually(() => held.length === 2);
    const events = (authorization: string) =>
      made.app.inject({ url: '/api/v1/made-up/1', headers: { authorization } });
    const refused = await events(made.bearer.authorization);
    expect([refused.statusCode, refused.json().code, refused.headers['retry-after']]).toEqual([
      429,
      'RATE_LIMITED',
      '1',
    ]);
    const other = `Bearer ${made.issuer.userToken('viewer', { sub: 'bob' })}`;
    expect((await events(other)).statusCode).toBe(200);
    letGo();
    expect((await Promise.all(asked)).map(({ statusCode }) => statusCode)).toEqual([200, 200]);
    expect((await events(made.bearer.authorization)).statusCode).toBe(200);
  });
});
