import { createTestIssuer, startTestAuth } from '@contact-sync/access/testing';
import { publicRoutes, type RouteContract } from '@contact-sync/api-contracts';
import { runMain, testEnvironment } from '@contact-sync/testing';
import { afterEach, expect, it } from 'vitest';
import { rawRequest } from './fakes/raw-request.ts';
import { startUpstream } from './fakes/upstream.ts';

const closers: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const email = 'canary.mail@example.com';
const canaries = {
  email,
  phone: '+14155550199',
  password: 'canary-password-5f1d7a84',
  refreshToken: 'canary-refresh-84db5b0e',
  client_secret: 'canary-secret-c2d9f61a',
  notes: 'canary note of somebody',
};

/** However a log or a URL may spell them. */
const spellings = [...Object.values(canaries), 'canary', '4155550199', encodeURIComponent(email)];

const issuer = createTestIssuer();
const good = issuer.userToken('admin');
const callers = {
  'a user': `Bearer ${good}`,
  'a forger': `Bearer ${createTestIssuer().userToken('admin', { sub: email, jti: canaries.password })}`,
  'a token in pieces': `Bearer ${good}.${canaries.refreshToken}`,
  'a password': `Basic ${Buffer.from(`${email}:${canaries.password}`).toString('base64')}`,
};

const startGateway = async () => {
  const auth = await startTestAuth(issuer);
  closers.push(auth.close);
  const upstream = await startUpstream();
  closers.push(upstream.close);
  const gateway = await runMain(new URL('..', import.meta.url), {
    ...testEnvironment(),
    AUTH_URL: auth.authUrl,
    CONTACT_URL: upstream.url,
    WORKER_URL: upstream.url,
    SIMULATOR_URL: upstream.url,
    SERVICE_CLIENT_ID: 'gateway-api',
    SERVICE_CLIENT_SECRET: canaries.client_secret,
    LOGIN_LIMIT_PER_MINUTE: '3',
  });
  closers.push(gateway.stop);
  await gateway.ready();
  return { upstream, gateway };
};

/** A request to a route with canaries wherever a client can put one. */
const canaryRequest = ({ method, path, body }: RouteContract, authorization: string) => ({
  path: `${path.replaceAll(/\{\w+\}/g, encodeURIComponent(email))}?${new URLSearchParams(canaries)}`,
  init: {
    method,
    headers: {
      authorization,
      cookie: `refresh=${canaries.refreshToken}`,
      'content-type': 'application/json',
      'idempotency-key': canaries.password,
      'if-match': `"${canaries.password}"`,
      origin: `https://${canaries.password}.example`,
      traceparent: `00-${canaries.password}`,
      'x-request-id': canaries.notes,
      'x-api-key': canaries.client_secret,
    },
    ...(body && { body: JSON.stringify(canaries) }),
  },
});

it('no secret, token, e-mail, phone or note is in a log line, a metric, a header or a problem of the gateway', async () => {
  const { upstream, gateway } = await startGateway();
  const told: string[] = [];
  const statuses = new Set<number>();
  const ask = async (route: RouteContract, authorization: string) => {
    const { path, init } = canaryRequest(route, authorization);
    const answer = await fetch(`${gateway.url}${path}`, init);
    statuses.add(answer.status);
    told.push(JSON.stringify([...answer.headers]), await answer.text());
  };
  const askAll = async () => {
    for (const route of Object.values<RouteContract>(publicRoutes)) {
      if (route.service !== 'gateway-api')
        await Promise.all(Object.values(callers).map((who) => ask(route, who)));
    }
  };
  await askAll();
  upstream.answer = (request) => request.socket.destroy();
  await askAll();
  const port = Number(new URL(gateway.url).port);
  told.push(await rawRequest(port, `${canaries.password} ${email} HTTP/1.1\r\n${canaries.notes}\r\n\r\n`));
  told.push(await rawRequest(port, `GET /%zz${email} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n`));
  told.push(await rawRequest(port, `GET /${email}/..;/ HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n`));

  expect([200, 401, 429, 503].filter((status) => !statuses.has(status))).toEqual([]);
  const metrics = await (await fetch(`${gateway.opsUrl}/metrics`)).text();
  expect(gateway.output()).toContain('a caller is beyond its limit');
  for (const text of [gateway.output(), metrics, ...told]) {
    for (const spelling of spellings) expect(text).not.toContain(spelling);
    for (const token of Object.values(callers)) expect(text).not.toContain(token.slice('Bearer '.length));
  }
});
