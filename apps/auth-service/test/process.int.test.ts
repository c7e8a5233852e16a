import { generateKeyPairSync } from 'node:crypto';
import { runMain, startRedisServer } from '@contact-sync/testing';
import { afterEach, describe, expect, it } from 'vitest';

const folder = new URL('..', import.meta.url);

const closers: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const signingKeys = () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = { ...privateKey.export({ format: 'jwk' }), kid: 'a', alg: 'ES256', use: 'sig' };
  return { text: JSON.stringify({ keys: [jwk] }), d: jwk.d ?? '' };
};

const canary = {
  email: 'canary@example.com',
  password: 'canary-password-in-the-mine',
  clientSecret: 'canary-secret-of-a-machine-client-0123456789',
};

const post = (url: string, type: string, body: string, headers: Record<string, string> = {}) =>
  fetch(url, { method: 'POST', headers: { 'content-type': type, ...headers }, body });

describe('the process', () => {
  it('names every missing setting and ends with 1', async () => {
    const service = await runMain(folder, {});
    expect(await service.exitCode()).toBe(1);
    for (const name of ['REDIS_URL', 'SIGNING_KEYS', 'BOOTSTRAP_CLIENTS']) {
      expect(service.output()).toContain(`${name}: is required`);
    }
  });

  it('writes no secret, token or e-mail to its log, whatever is sent', async () => {
    const server = await startRedisServer();
    closers.push(server.stop);
    const keys = signingKeys();
    const client = { id: 'worker', secret: canary.clientSecret, audiences: ['integration-api'], scopes: [] };
    const service = await runMain(folder, {
      REDIS_URL: server.url,
      SIGNING_KEYS: keys.text,
      BOOTSTRAP_CLIENTS: JSON.stringify([client]),
      BOOTSTRAP_ADMIN_EMAIL: canary.email,
      BOOTSTRAP_ADMIN_PASSWORD: canary.password,
    });
    closers.push(service.stop);
    await service.ready();
    const login = `${service.url}/api/v1/auth/login`;
    const good = JSON.stringify({ email: canary.email, password: canary.password });
    const loggedIn = await post(login, 'application/json', good);
    expect(loggedIn.status).toBe(200);
    const { accessToken } = (await loggedIn.json()) as { accessToken: string };
    await post(
      login,
      'application/json',
      JSON.stringify({ email: canary.email, password: `${canary.password}!` }),
    );
    await post(login, 'application/json', good.slice(0, -1));
    await post(login, 'application/json', JSON.stringify({ email: canary.email, [canary.password]: 1 }));
    await post(`${login}?email=${canary.email}`, 'text/plain', good);
    const basic = Buffer.from(`worker:${canary.clientSecret}`).toString('base64');
    const form = new URLSearchParams({ grant_type: 'client_credentials' }).toString();
    const headers = { authorization: `Basic ${basic}` };
    const granted = await post(
      `${service.url}/oauth2/token`,
      'application/x-www-form-urlencoded',
      form,
      headers,
    );
    expect(granted.status).toBe(200);
    const { access_token: machineToken } = (await granted.json()) as { access_token: string };
    for (const token of [accessToken, machineToken, `${accessToken}x`]) {
      await fetch(`${service.url}/api/v1/auth/me?token=${token}`, {
        headers: { authorization: `Bearer ${token}` },
      });
    }
    await server.kill('SIGKILL');
    expect((await post(login, 'application/json', good)).status).toBe(503);
    const output = service.output();
    expect(output).toContain('"msg":"request"');
    const secrets = [...Object.values(canary), basic, keys.d, accessToken, machineToken];
    expect(secrets.filter((secret) => output.includes(secret))).toEqual([]);
  });
});
