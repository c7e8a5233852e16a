import { createKeyRing } from '@contact-sync/access';
import { createTestIssuer } from '@contact-sync/access/testing';
import { createLocalBuckets } from '@contact-sync/redis';
import type { InjectOptions } from 'fastify';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createTestGateway, type TestGateway } from './fakes/test-gateway.ts';

let gateway: TestGateway | undefined;

afterEach(async () => {
  await gateway?.close();
  gateway = undefined;
});

const create = async (settings: Readonly<Record<string, string>>) => {
  gateway = await createTestGateway(settings);
  return gateway;
};

/** How many of the requests are let through; each is made by `toRequest` from its number. */
const passedOf = async ({ app }: TestGateway, times: number, toRequest: (index: number) => InjectOptions) => {
  const answers = [];
  for (let index = 0; index < times; index += 1) answers.push(await app.inject(toRequest(index)));
  return answers.filter((answer) => answer.statusCode !== 429).length;
};

describe('the limit', () => {
  it('counts down in RateLimit headers and then refuses with Retry-After, before anything is passed on', async () => {
    gateway = await createTestGateway({ LIMIT_PER_MINUTE: '2' }, { buckets: createLocalBuckets(() => 0) });
    const { app, bearer, upstreams } = gateway;
    const ask = () => app.inject({ url: '/api/v1/contacts', headers: bearer });
    const passed = [await ask(), await ask()];
    expect(passed.map(({ headers }) => [headers['ratelimit-policy'], headers['ratelimit']])).toEqual([
      ['"calls";q=2;w=60', '"calls";r=1'],
      ['"calls";q=2;w=60', '"calls";r=0'],
    ]);
    const refused = await ask();
    expect([refused.statusCode, refused.json().code]).toEqual([429, 'RATE_LIMITED']);
    expect(refused.headers['content-type']).toContain('application/problem+json');
    expect(refused.headers['ratelimit']).toBe('"calls";r=0;t=30');
    expect(refused.headers['retry-after']).toBe('30');
    expect(upstreams.contact.seen.length).toBe(2);
  });

  it('is a principal’s own, whatever address and token it comes with', async () => {
    const made = await create({ LIMIT_PER_MINUTE: '5', TRUSTED_PROXIES: '127.0.0.1' });
    const toRequest = (sub: string) => (index: number) => ({
      url: '/api/v1/contacts',
      headers: {
        authorization: `Bearer ${made.issuer.userToken('viewer', { sub })}`,
        'x-forwarded-for': `198.51.100.${index}`,
      },
    });
    expect(await passedOf(made, 10, toRequest('ada'))).toBe(5);
    expect(await passedOf(made, 10, toRequest('bob'))).toBe(5);
  });

  it('is the address’s where a token is missing or no good', async () => {
    const made = await create({ LIMIT_PER_MINUTE: '5' });
    const hostile = (index: number) => ({
      url: '/api/v1/contacts',
      headers: index % 2 ? {} : { authorization: `Bearer a.b${index}.c` },
    });
    const known = () => made.app.inject({ url: '/api/v1/contacts', headers: made.bearer });
    expect((await known()).statusCode).toBe(200);
    expect(await passedOf(made, 20, hostile)).toBe(4);
    expect((await known()).statusCode).toBe(200);
  });

  it.each([
    ['no token', { url: '/api/v1/contacts' }, 401],
    ['a token that is no good', { url: '/api/v1/contacts', headers: { authorization: 'Bearer a.b.c' } }, 401],
    ['a path that leads nowhere', { url: '/nowhere' }, 404],
    ['a path that takes no such method', { method: 'DELETE', url: '/health' }, 405],
    ['a path that is not plain', { url: '/api/v1/contacts/a;b' }, 401],
    ['a path that is not plain and leads nowhere', { url: '/nowhere/a;b' }, 400],
    ['a path that cannot be decoded', { url: '/api/v1/contacts/%zz' }, 400],
    ['a public path', { url: '/health' }, 200],
  ] as const)('counts a request with %s once, and refuses the next beyond it', async (_, request, status) => {
    const { app } = await create({ LIMIT_PER_MINUTE: '3', TRUSTED_PROXIES: '127.0.0.1' });
    const from = (address: string) => ({
      ...request,
      headers: { ...('headers' in request && request.headers), 'x-forwarded-for': address },
    });
    const answers = [];
    for (let time = 0; time < 4; time += 1) answers.push(await app.inject(from('203.0.113.7')));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([status, status, status, 429]);
    expect(answers.map(({ headers }) => headers['ratelimit'])).toEqual([
      '"calls";r=2',
      '"calls";r=1',
      '"calls";r=0',
      expect.stringMatching(/^"calls";r=0;t=(19|20)$/),
    ]);
    expect((await app.inject(from('203.0.113.8'))).statusCode).toBe(status);
  });

  it('counts a token that is not known yet by address, and beyond the limit checks no signature', async () => {
    const { source } = createTestIssuer();
    const keyOf = vi.fn(createKeyRing(source).keyOf);
    const keys = { ...createKeyRing(source), keyOf };
    gateway = await createTestGateway({ LIMIT_PER_MINUTE: '3' }, { keys });
    const { app, issuer } = gateway;
    const forged = () => ({ authorization: `Bearer ${issuer.userToken('admin')}` });
    const statuses = [];
    for (let time = 0; time < 6; time += 1) {
      statuses.push((await app.inject({ url: '/api/v1/contacts', headers: forged() })).statusCode);
    }
    expect(statuses).toEqual([401, 401, 401, 429, 429, 429]);
    expect(keyOf).toHaveBeenCalledTimes(3);
  });

  it('counts a request once while no key can be had to judge its token by', async () => {
    const away = createKeyRing({
      load: () => Promise.reject(new Error('away')),
      close: async () => undefined,
    });
    gateway = await createTestGateway({ LIMIT_PER_MINUTE: '3' }, { keys: away });
    const { app, bearer } = gateway;
    const ask = () => app.inject({ url: '/api/v1/contacts', headers: bearer });
    const statuses = [];
    for (let time = 0; time < 4; time += 1) statuses.push((await ask()).statusCode);
    expect(statuses).toEqual([503, 503, 503, 429]);
  });

  it('of logins is apart and stricter', async () => {
    const made = await create({ LOGIN_LIMIT_PER_MINUTE: '3' });
    const variants = ['/api/v1/auth/login', '/oauth2/token', '/api/v1/auth/login?x=1'];
    const logins = (index: number): InjectOptions => ({
      method: 'POST',
      url: variants[index % 3] ?? '',
      headers: { 'content-type': 'text/plain' },
      payload: 'x',
    });
    expect(await passedOf(made, 9, logins)).toBe(3);
    expect((await made.app.inject('/.well-known/jwks.json')).statusCode).toBe(200);
  });
});

describe('an address', () => {
  const login = (headers: Record<string, string>, remoteAddress = '127.0.0.1'): InjectOptions => ({
    method: 'POST',
    url: '/api/v1/auth/login',
    headers,
    remoteAddress,
  });

  it('is not what the client says it is', async () => {
    const made = await create({ LOGIN_LIMIT_PER_MINUTE: '3' });
    const spoofed = (index: number) =>
      login({
        'x-forwarded-for': `203.0.113.${index}`,
        forwarded: `for=203.0.113.${index}`,
        'x-real-ip': `${index}`,
      });
    expect(await passedOf(made, 9, spoofed)).toBe(3);
  });

  it('is what a trusted proxy says, not what stood there before', async () => {
    const made = await create({ LOGIN_LIMIT_PER_MINUTE: '3', TRUSTED_PROXIES: '127.0.0.0/8,10.0.0.0/8' });
    const behindProxy = (index: number) =>
      login({ 'x-forwarded-for': `203.0.113.${index}, 198.51.100.7, 10.1.2.3` });
    expect(await passedOf(made, 9, behindProxy)).toBe(3);
    expect(await passedOf(made, 1, () => login({ 'x-forwarded-for': '198.51.100.8' }))).toBe(1);
  });

  it('is its /64 in IPv6', async () => {
    const made = await create({ LOGIN_LIMIT_PER_MINUTE: '3' });
    const neighbours = (index: number) => login({}, `2001:db8:1:2:${index}:${index * 7}::${index}`);
    expect(await passedOf(made, 9, neighbours)).toBe(3);
    expect(await passedOf(made, 1, () => login({}, '2001:db8:1:3::1'))).toBe(1);
  });

  it('is the IPv4 one when it is mapped into IPv6', async () => {
    const made = await create({ LOGIN_LIMIT_PER_MINUTE: '3' });
    const spellings = ['198.51.100.7', '::ffff:198.51.100.7', '::ffff:c633:6407', '::FFFF:198.51.100.7'];
    expect(await passedOf(made, 8, (index) => login({}, spellings[index % 4]))).toBe(3);
  });

  it.each([
    ['its port', (index: number) => `203.0.113.7:${41_000 + index}`],
    ['the port of its IPv6 address', (index: number) => `[2001:db8::7]:${4_711 + index}`],
    ['the zone of its IPv6 address', (index: number) => `[2001:db8::${index + 1}%25eth${index}]`],
    ['the port of a proxy', (index: number) => `198.51.100.7:${index}, 10.1.2.3:${50_000 + index}`],
    ['a text that is none', (index: number) => `unknown-${index}`],
  ])('is not %s', async (_, told) => {
    const made = await create({ LOGIN_LIMIT_PER_MINUTE: '3', TRUSTED_PROXIES: '127.0.0.0/8,10.0.0.0/8' });
    expect(await passedOf(made, 9, (index) => login({ 'x-forwarded-for': told(index) }))).toBe(3);
    const [seen] = made.upstreams.auth.seen;
    expect(seen?.headers['x-forwarded-for']).toMatch(/^[\d.]+$|^2001:db8::\d$/);
  });
});
