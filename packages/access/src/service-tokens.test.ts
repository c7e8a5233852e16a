import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createServiceTokens } from './service-tokens.ts';

type Seen = { readonly authorization: string | undefined; readonly body: URLSearchParams };

const closers: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  vi.useRealTimers();
  for (const close of closers.splice(0)) await close();
});

/** A token endpoint that numbers its tokens, and tokens of a client that asks it. */
const setUp = async () => {
  const state = { status: 200, seen: [] as Seen[] };
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    state.seen.push({ authorization: request.headers.authorization, body: new URLSearchParams(body) });
    response.writeHead(state.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ access_token: `token-${state.seen.length}`, expires_in: 600 }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const tokens = createServiceTokens({
    authUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    clientId: 'event-worker',
    clientSecret: 'a:b%c d',
    audience: 'contact-service',
    scopes: ['contacts:apply'],
  });
  closers.push(tokens.close, async () => server.close());
  return { state, tokens };
};

const passTime = (ms: number) => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms });

describe('createServiceTokens', () => {
  it('asks once for many, by client credentials, for its audience and scopes', async () => {
    const { state, tokens } = await setUp();
    const got = await Promise.all(Array.from({ length: 20 }, () => tokens.getToken()));
    expect(new Set(got)).toEqual(new Set(['token-1']));
    const [seen] = state.seen;
    expect(Object.fromEntries(seen?.body ?? [])).toEqual({
      grant_type: 'client_credentials',
      audience: 'contact-service',
      scope: 'contacts:apply',
    });
    const credentials = Buffer.from(seen?.authorization?.slice(6) ?? '', 'base64').toString();
    expect(credentials).toBe('event-worker:a%3Ab%25c+d');
  });

  it('renews in the background while the old token still works', async () => {
    const { state, tokens } = await setUp();
    await tokens.getToken();
    passTime(500_000);
    expect(await tokens.getToken()).toBe('token-1');
    await expect.poll(() => tokens.getToken()).toBe('token-2');
    expect(state.seen.length).toBe(2);
  });

  it('never gives out a token that is about to expire', async () => {
    const { tokens } = await setUp();
    await tokens.getToken();
    passTime(596_000);
    expect(await tokens.getToken()).toBe('token-2');
  });

  it('lives through a failing renewal as long as the token does', async () => {
    const { state, tokens } = await setUp();
    await tokens.getToken();
    state.status = 503;
    passTime(500_000);
    expect(await tokens.getToken()).toBe('token-1');
    await expect.poll(() => state.seen.length).toBe(2);
    expect(await tokens.getToken()).toBe('token-1');
  });

  it('gets a new one after the old one was refused, and only once for many refusals', async () => {
    const { state, tokens } = await setUp();
    const refused = await tokens.getToken();
    tokens.invalidate(refused);
    expect(await tokens.getToken()).toBe('token-2');
    tokens.invalidate(refused);
    expect(await tokens.getToken()).toBe('token-2');
    expect(state.seen.length).toBe(2);
  });

  it.each([401, 500])(
    'is retryable trouble of ours, asked for at most once a second, on %s',
    async (status) => {
      const { state, tokens } = await setUp();
      state.status = status;
      const fault = { code: 'DEPENDENCY_UNAVAILABLE', retryable: true };
      await expect(tokens.getToken()).rejects.toMatchObject(fault);
      await expect(tokens.getToken()).rejects.toMatchObject(fault);
      expect(state.seen.length).toBe(1);
      state.status = 200;
      passTime(1_000);
      expect(await tokens.getToken()).toBe('token-2');
    },
  );
});
