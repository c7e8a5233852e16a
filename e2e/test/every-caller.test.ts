import { randomUUID } from 'node:crypto';
import { internalRoutes, publicRoutes, type RouteContract, webhookRoutes } from '@contact-sync/api-contracts';
import { createClient } from '@contact-sync/client';
import { eventually } from '@contact-sync/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Caller, callers, expectations } from '../callers/expectations.ts';
import { validRequest } from '../callers/requests.ts';
import { readIssuer, tokenOf } from '../callers/tokens.ts';
import { type System, startSystem } from '../src/system.ts';

let system: System;
let issuer: Awaited<ReturnType<typeof readIssuer>>;
let known: { userId: string; clientId: string };

beforeAll(async () => {
  // Every caller logs in at every door.
  system = await startSystem({ 'gateway-api': { LOGIN_LIMIT_PER_MINUTE: '1000' } });
  issuer = await readIssuer(system.signingKeysFile);
  const api = createClient({ baseUrl: system.gatewayUrl, credentials: system.admin });
  const { body: me } = await api.getMe();
  known = { userId: me.id, clientId: system.machine.id };
});

afterAll(async () => {
  await system?.[Symbol.asyncDispose]();
});

const call = async (baseUrl: string, route: RouteContract, caller: Caller) => {
  const { path, method, headers, body: sent } = validRequest(route, system);
  const token = tokenOf(issuer, caller, route, known);
  const answer = await fetch(`${baseUrl}${path}`, {
    method,
    headers: { ...headers, ...(token !== undefined && { authorization: `Bearer ${token}` }) },
    ...(sent !== undefined && { body: sent }),
  });
  const isProblem = answer.headers.get('content-type')?.startsWith('application/problem+json');
  const isStream = answer.headers.get('content-type') === 'text/event-stream';
  // A stream has no end to be waited for.
  if (isStream) await answer.body?.cancel();
  const body: unknown = isProblem ? await answer.json() : isStream ? {} : await answer.arrayBuffer();
  const problem = body as { code?: string };
  return { status: answer.status, code: problem.code, challenge: answer.headers.get('www-authenticate') };
};

/** A refusal says why in a way that programs read (RFC 6750 section 3). */
const expectRefusal = (
  route: RouteContract,
  { status, code, challenge }: Awaited<ReturnType<typeof call>>,
) => {
  const unauthenticated = route.access === 'public' ? 'INVALID_CREDENTIALS' : 'UNAUTHENTICATED';
  expect(code).toBe(status === 401 ? unauthenticated : 'FORBIDDEN');
  expect(challenge).toMatch(/^Bearer /);
};

const expectAnswers = async (baseUrl: string, route: RouteContract): Promise<void> => {
  for (const caller of callers) {
    const answer = await call(baseUrl, route, caller);
    expect(expectations[route.name]?.[caller], `${caller}: ${answer.status} ${answer.code}`).toContain(
      answer.status,
    );
    if (answer.status === 401 || answer.status === 403) expectRefusal(route, answer);
  }
};

describe('every caller at the service that answers', () => {
  it.each(Object.entries<RouteContract>({ ...publicRoutes, ...webhookRoutes, ...internalRoutes }))(
    '%s lets in whom it is for and nobody else',
    (_, route) => expectAnswers(system.urls[route.service], route),
  );
});

describe('every caller at the gateway', () => {
  it.each(Object.entries<RouteContract>(publicRoutes))(
    '%s lets in whom it is for and nobody else',
    (_, route) => expectAnswers(system.gatewayUrl, route),
  );

  it.each(Object.entries<RouteContract>({ ...webhookRoutes, ...internalRoutes }))(
    '%s is not there for anybody',
    async (_, route) => {
      for (const caller of callers) {
        const { status, code } = await call(system.gatewayUrl, route, caller);
        expect([status, code], caller).toEqual([404, 'NOT_FOUND']);
      }
    },
  );
});

describe('a session that has ended', () => {
  /** Where a token is asked for, at services that verify it by themselves. */
  const doors = () =>
    [system.gatewayUrl, system.urls['contact-service']]
      .map((baseUrl) => `${baseUrl}/api/v1/contacts`)
      .concat(`${system.urls['webhook-simulator']}/api/v1/simulator/runs/${randomUUID()}`);

  const post = (path: string, body: object) =>
    fetch(`${system.gatewayUrl}/api/v1/auth/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  it('is over at every service within 5 s, though its token was verified there before', async () => {
    const { accessToken, refreshToken } = (await (await post('login', system.admin)).json()) as Record<
      string,
      string
    >;
    const statuses = () =>
      Promise.all(
        doors().map(async (url) => {
          const answer = await fetch(url, { headers: { authorization: `Bearer ${accessToken}` } });
          await answer.arrayBuffer();
          return answer.status;
        }),
      );
    expect(await statuses()).toEqual([200, 200, 404]);
    expect((await post('logout', { refreshToken })).status).toBe(204);
    await eventually(async () => expect(await statuses()).toEqual([401, 401, 401]), {
      timeoutMs: 5_000,
      intervalMs: 10,
    });
  });
});
