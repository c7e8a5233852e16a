import { createTestIssuer } from '@contact-sync/access/testing';
import { contactIdOfAcme } from '@contact-sync/domain';
import { beforeEach, describe, expect, it } from 'vitest';
import { createApp } from '../src/app.ts';
import { createFakePorts, type FakePorts, testSettings } from './fake-ports.ts';
import { testContext } from './test-context.ts';

const event = (id: string, data: object = {}) => ({
  id,
  event: 'contact.updated',
  timestamp: '2026-01-01T00:00:00Z',
  data: {
    id: 'crm-1',
    acme_first_name: 'Ada',
    acme_last_name: 'Lovelace',
    acme_email: 'ada@example.com',
    acme_version: 1,
    ...data,
  },
});

const receivedAt = '2026-01-01T00:00:05.000Z';

describe('POST /internal/replays', () => {
  let ports: FakePorts;
  const issuer = createTestIssuer();
  const ofWorker = issuer.machineToken(['ingest:replay'], { aud: 'webhook-ingest' });
  beforeEach(() => {
    ports = createFakePorts();
  });

  const replay = async (delivery: unknown, more: object = {}, token = ofWorker) => {
    const app = await createApp({ ports, ...issuer.access() }, testSettings, testContext());
    const text = typeof delivery === 'string' ? delivery : JSON.stringify(delivery);
    return app.inject({
      method: 'POST',
      url: '/internal/replays',
      headers: { authorization: `Bearer ${token}` },
      payload: { body: Buffer.from(text).toString('base64'), receivedAt, secretId: 'acme-1', ...more },
    });
  };
  const results = async (delivery: unknown, more?: object) => (await replay(delivery, more)).json().results;

  it('publishes what is valid by now, received when it came first, without a signature', async () => {
    expect(await results(event('evt_1'))).toEqual([{ eventId: 'evt_1', status: 'accepted' }]);
    expect(ports.published).toMatchObject([
      { eventId: 'evt_1', contactId: contactIdOfAcme('crm-1'), receivedAt },
    ]);
  });

  it('publishes once, however often it is asked', async () => {
    await replay(event('evt_1'));
    expect(await results(event('evt_1'))).toEqual([{ eventId: 'evt_1', status: 'duplicate' }]);
    expect(ports.published).toHaveLength(1);
  });

  it('says why what is refused is refused again, and puts nothing into quarantine twice', async () => {
    expect(await results(event('evt_1', { acme_email: 7 }))).toEqual([
      { eventId: 'evt_1', status: 'refused', code: 'INVALID_BODY', pointer: '/data/acme_email' },
    ]);
    expect(await results('no JSON')).toMatchObject([{ status: 'refused', code: 'MALFORMED_BODY' }]);
    expect(await results([])).toMatchObject([{ status: 'refused', code: 'INVALID_BODY' }]);
    expect([ports.published, ports.quarantined]).toEqual([[], []]);
  });

  it('tells in a dry run what would be published, and publishes and remembers nothing', async () => {
    expect(await results([event('evt_1'), { event: 'ping' }], { dryRun: true })).toMatchObject([
      { eventId: 'evt_1', status: 'accepted', event: { eventId: 'evt_1', sourceVersion: 1 } },
      { status: 'ignored' },
    ]);
    expect([ports.published, ports.window.size]).toEqual([[], 0]);
  });

  it('answers 503 where an event is not durable', async () => {
    ports.unpublishable.add('evt_1');
    expect((await replay(event('evt_1'))).statusCode).toBe(503);
  });

  it('is closed to whoever may only read receipts', async () => {
    const reader = issuer.machineToken(['ingest:read'], { aud: 'webhook-ingest' });
    expect((await replay(event('evt_1'), {}, reader)).statusCode).toBe(403);
  });
});
