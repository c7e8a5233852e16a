import { createTestIssuer, startTestAuth } from '@contact-sync/access/testing';
import { runMain, startRedisServer } from '@contact-sync/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { startUpstream } from './fakes/upstream.ts';

const folder = new URL('..', import.meta.url);

const closers: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const addresses = (url: string) => ({
  CONTACT_URL: url,
  WORKER_URL: url,
  SIMULATOR_URL: url,
});

const identity = (authUrl: string) => ({
  AUTH_URL: authUrl,
  SERVICE_CLIENT_ID: 'gateway-api',
  SERVICE_CLIENT_SECRET: 'a secret of sixteen characters',
});

describe('the process', () => {
  it('names every missing setting and ends with 1', async () => {
    const gateway = await runMain(folder, {});
    expect(await gateway.exitCode()).toBe(1);
    for (const name of [...Object.keys({ ...addresses(''), ...identity('') }), 'REDIS_URL']) {
      expect(gateway.output()).toContain(`${name}: is required`);
    }
  });

  it('is ready without Redis once it has the keys and knows what was revoked, and writes nothing that was sent to its log', async () => {
    const server = await startRedisServer();
    closers.push(server.stop);
    await server.kill('SIGKILL');
    const issuer = createTestIssuer();
    const upstream = await startUpstream();
    closers.push(upstream.close);
    const auth = await startTestAuth(issuer);
    closers.push(async () => auth.close());
    upstream.answer = (request, response) => {
      if (request.url?.includes('hang-up')) request.socket.destroy();
      else response.end('{}');
    };
    const settings = { ...addresses(upstream.url), ...identity(auth.authUrl), REDIS_URL: server.url };
    const gateway = await runMain(folder, settings);
    closers.push(gateway.stop);
    await gateway.ready();
    const token = issuer.userToken('viewer');
    const ask = (path: string, authorization: string, method = 'GET') =>
      fetch(`${gateway.url}${path}`, {
        method,
        headers: { authorization, 'x-canary': 'canary-in-a-header' },
      });
    expect((await ask('/api/v1/contacts?email=canary@example.com', `Bearer ${token}`)).status).toBe(200);
    expect((await ask('/api/v1/contacts/canary-hang-up', `Bearer ${token}`)).status).toBe(503);
    expect((await ask('/api/v1/contacts/canary%2f', `Bearer ${token}`)).status).toBe(400);
    expect((await ask('/canary@example.com', `Bearer ${token}`)).status).toBe(404);
    expect((await ask('/api/v1/contacts', `Bearer ${token}x`)).status).toBe(401);
    expect((await ask('/api/v1/auth/login?password=canary', 'Basic canary', 'POST')).status).toBe(200);
    const output = gateway.output();
    expect(output).toContain('"msg":"request"');
    expect(output).not.toContain('canary');
    expect(output).not.toContain(token);
  });
});
