import { createTestIssuer } from '@contact-sync/access/testing';
import { eventually } from '@contact-sync/testing';
import { describe, expect, it } from 'vitest';
import { createApp } from '../src/app.ts';
import { createFakePorts, type FakePorts, signed, testSettings } from './fake-ports.ts';
import { testContext } from './test-context.ts';

const issuer = createTestIssuer();

const appOf = (ports: FakePorts, settings: Partial<typeof testSettings> = {}) =>
  createApp({ ports, ...issuer.access() }, { ...testSettings, ...settings }, testContext());

const body = (id: string) =>
  JSON.stringify({
    id,
    event: 'contact.deleted',
    timestamp: '2026-01-01T00:00:00Z',
    data: { id: 'crm-1', acme_version: 1 },
  });

const delivery = (id: string) =>
  ({ method: 'POST', url: '/webhooks/acmecrm', payload: body(id), headers: signed(body(id)) }) as const;

/** Sends at once; inject alone would wait for somebody who awaits it. */
const begin = (app: Awaited<ReturnType<typeof appOf>>, id: string) =>
  app.inject(delivery(id)).then((answer) => answer);

/** Holds every publish until it is let go; `held` resolves once so many wait. */
const holding = (ports: FakePorts) => {
  const { promise, resolve: letGo } = Promise.withResolvers<void>();
  const { publish } = ports.log;
  let waiting = 0;
  ports.log.publish = async (...args) => {
    waiting += 1;
    await promise;
    return publish(...args);
  };
  return { letGo, held: (count: number) => eventually(() => waiting === count) };
};

describe('the bounds of webhook-ingest', () => {
  it('answers 503 beyond the requests that may be under way, and takes more once they are answered', async () => {
    const ports = createFakePorts();
    const { letGo, held } = holding(ports);
    const app = await appOf(ports, { MAX_IN_FLIGHT_REQUESTS: 2 });
    const first = [begin(app, 'a'), begin(app, 'b')];
    await held(2);
    const refused = await app.inject(delivery('c'));
    expect([refused.statusCode, refused.json().code, refused.headers['retry-after']]).toEqual([
      503,
      'OVERLOADED',
      '1',
    ]);
    letGo();
    expect((await Promise.all(first)).map(({ statusCode }) => statusCode)).toEqual([202, 202]);
    expect((await app.inject(delivery('c'))).statusCode).toBe(202);
  });

  it('answers 503 beyond the bytes that may be under way', async () => {
    const ports = createFakePorts();
    const { letGo, held } = holding(ports);
    const app = await appOf(ports, { MAX_IN_FLIGHT_BYTES: body('a').length + 1 });
    const first = begin(app, 'a');
    await held(1);
    expect((await app.inject(delivery('b'))).json().code).toBe('OVERLOADED');
    letGo();
    expect((await first).statusCode).toBe(202);
  });

  it('answers 429 with when to come again to a source beyond its limit, after it has verified the signature', async () => {
    const ports = createFakePorts();
    ports.limit.take = async () => ({ allowed: false, retryAfterMs: 2_400 });
    const app = await appOf(ports);
    const refused = await app.inject(delivery('a'));
    expect([refused.statusCode, refused.json().code, refused.headers['retry-after']]).toEqual([
      429,
      'RATE_LIMITED',
      '3',
    ]);
    const unsigned = await app.inject({ ...delivery('a'), headers: { 'content-type': 'application/json' } });
    expect(unsigned.statusCode).toBe(401);
    expect(ports.published).toEqual([]);
  });

  it('tells an admin what was accepted under an event id, to the scope of that audience only', async () => {
    const ports = createFakePorts();
    const app = await appOf(ports);
    await app.inject(delivery('evt_1'));
    const read = (token: string, id = 'evt_1') =>
      app.inject({ url: `/internal/events/${id}`, headers: { authorization: `Bearer ${token}` } });
    const token = issuer.machineToken(['ingest:read'], { aud: 'webhook-ingest' });
    expect((await read(token)).json()).toMatchObject({
      eventId: 'evt_1',
      contents: [{ topic: 'contact.deleted', partition: 0, offset: '0', receivedAt: expect.any(String) }],
    });
    expect((await read(token, 'evt_2')).json().code).toBe('NOT_FOUND');
    expect((await read(issuer.userToken('admin'))).statusCode).toBe(401);
    expect((await read(issuer.machineToken(['ingest:replay'], { aud: 'webhook-ingest' }))).statusCode).toBe(
      403,
    );
  });

  it('tells of an id of any characters and length', async () => {
    const ports = createFakePorts();
    const app = await appOf(ports);
    const headers = {
      authorization: `Bearer ${issuer.machineToken(['ingest:read'], { aud: 'webhook-ingest' })}`,
    };
    for (const id of ['a/b', '..', 'x'.repeat(128)]) {
      await app.inject(delivery(id));
      const answer = await app.inject({ url: `/internal/events?id=${encodeURIComponent(id)}`, headers });
      expect([answer.statusCode, answer.json().eventId]).toEqual([200, id]);
    }
  });
});
