import { AppError } from '@contact-sync/domain';
import { eventually } from '@contact-sync/testing';
import { buildConnector } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startUpstream, type UpstreamServer } from '../../test/fakes/upstream.ts';
import { createUpstream, type Upstream } from './upstream.ts';

const refused = () => Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
const connectTo = buildConnector({});

let server: UpstreamServer;
let upstream: Upstream;
let attempts: number;
/** Attempts to connect that are refused from now on. */
let refusals: number;
let now: number;

beforeEach(async () => {
  server = await startUpstream();
  attempts = 0;
  refusals = 0;
  now = 0;
  upstream = createUpstream({
    name: 'test',
    url: server.url,
    atOnce: 10,
    waiting: 10,
    clock: () => now,
    connect: (options, callback) => {
      attempts += 1;
      refusals -= 1;
      if (refusals >= 0) callback(refused(), null);
      else connectTo(options, callback);
    },
  });
});

afterEach(async () => {
  await upstream.close();
  await server.close();
});

const ask = async (
  method: 'GET' | 'HEAD' | 'POST' | 'DELETE' = 'GET',
  signal: AbortSignal = new AbortController().signal,
) => {
  try {
    const { statusCode, body } = await upstream.request(
      { method, path: '/', headers: {}, body: null },
      signal,
    );
    await body.dump();
    return statusCode;
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('a service that takes no connection', () => {
  it.each(['GET', 'HEAD'] as const)('is tried once more by %s', async (method) => {
    refusals = 1;
    expect([await ask(method), attempts]).toEqual([200, 2]);
  });

  it('is not tried a third time', async () => {
    refusals = 2;
    expect([await ask(), attempts]).toEqual(['ECONNREFUSED', 2]);
  });

  it.each(['POST', 'DELETE'] as const)('is not tried again by %s', async (method) => {
    refusals = 1;
    expect([await ask(method), attempts]).toEqual(['ECONNREFUSED', 1]);
  });

  it('is left alone after five requests, and asked again a second later', async () => {
    refusals = Number.POSITIVE_INFINITY;
    for (let time = 0; time < 5; time += 1) expect(await ask()).toBe('ECONNREFUSED');
    const tried = attempts;
    expect(await ask()).toBe('DEPENDENCY_UNAVAILABLE');
    expect(attempts).toBe(tried);
    refusals = 0;
    now = 1_000;
    expect([await ask(), await ask()]).toEqual([200, 200]);
  });
});

describe('a service that is late', () => {
  /** Asks once, and gives up so long after the request has arrived there. */
  const giveUpAfter = async (ms: number) => {
    const begun = server.begun;
    const deadline = new AbortController();
    const answer = ask('GET', deadline.signal);
    await eventually(() => server.begun > begun);
    now += ms;
    deadline.abort(new AppError('TIMEOUT', { message: 'late' }));
    return answer;
  };

  beforeEach(() => {
    server.answer = () => undefined;
  });

  it('five times in a row is left alone', async () => {
    for (let time = 0; time < 5; time += 1) expect(await giveUpAfter(1_000)).toBe('TIMEOUT');
    expect(await ask()).toBe('DEPENDENCY_UNAVAILABLE');
  });

  it('since its callers left it no time is asked on', async () => {
    for (let time = 0; time < 9; time += 1) expect(await giveUpAfter(999)).toBe('TIMEOUT');
    server.answer = (_, response) => response.end('{}');
    expect(await ask()).toBe(200);
  });
});

describe('a service that hangs up', () => {
  it('once it has the request does not get it again', async () => {
    server.answer = (request) => request.socket.destroy();
    expect(await ask()).toBe('UND_ERR_SOCKET');
    expect(server.begun).toBe(1);
  });
});
