import { createTestIssuer } from '@contact-sync/access/testing';
import { contactIdOfAcme } from '@contact-sync/domain';
import { expect, it } from 'vitest';
import { createApp } from '../src/app.ts';
import { createFakePorts, signed, testSettings } from './fake-ports.ts';
import { testContext } from './test-context.ts';

const deletion = (id: string, version = 1) => ({
  id,
  event: 'contact.deleted',
  timestamp: '2026-01-01T00:00:00Z',
  data: { id: 'crm-1', acme_version: version },
});

const setUp = async () => {
  const issuer = createTestIssuer();
  const app = await createApp({ ports: createFakePorts(), ...issuer.access() }, testSettings, testContext());
  const deliver = (body: unknown) => {
    const payload = JSON.stringify(body);
    return app.inject({ method: 'POST', url: '/webhooks/acmecrm', payload, headers: signed(payload) });
  };
  const lookUp = (ids: readonly string[], scope: 'ingest:read' | 'ingest:replay' = 'ingest:read') =>
    app.inject({
      method: 'POST',
      url: '/internal/events/lookup',
      payload: { ids },
      headers: { authorization: `Bearer ${issuer.machineToken([scope], { aud: 'webhook-ingest' })}` },
    });
  return { deliver, lookUp };
};

it('tells of many events at once who verified them, of which contact they are, and each time that they came again', async () => {
  const { deliver, lookUp } = await setUp();
  await deliver(deletion('evt_1', 7));
  await deliver(deletion('evt_1', 7));
  await deliver([deletion('evt_1', 7), deletion('evt_2')]);
  const answer = await lookUp(['evt_2', 'evt_unknown', 'evt_1']);
  const received = {
    topic: 'contact.deleted',
    partition: 0,
    secretId: 'acme-1',
    contactId: contactIdOfAcme('crm-1'),
  };
  const time = expect.stringMatching(/Z$/);
  expect(answer.json().results).toEqual([
    {
      eventId: 'evt_2',
      contents: [
        { ...received, offset: '1', sourceVersion: 1, contentHash: expect.any(String), receivedAt: time },
      ],
    },
    { eventId: 'evt_unknown', contents: [] },
    {
      eventId: 'evt_1',
      contents: [
        {
          ...received,
          offset: '0',
          sourceVersion: 7,
          contentHash: expect.any(String),
          receivedAt: time,
          duplicates: { count: 2, at: [time, time] },
        },
      ],
    },
  ]);
});

it('is closed to another scope, and takes no more than a hundred ids', async () => {
  const { lookUp } = await setUp();
  expect((await lookUp(['evt_1'], 'ingest:replay')).statusCode).toBe(403);
  const ids = Array.from({ length: 101 }, (_, index) => `evt_${index}`);
  expect((await lookUp(ids)).statusCode).toBe(400);
  expect((await lookUp(ids.slice(1))).statusCode).toBe(200);
});
