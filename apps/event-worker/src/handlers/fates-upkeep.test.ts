import type { ConsumedRecord, IntegrationContactDeleted, QuarantinedDelivery } from '@contact-sync/kafka';
import { expect, it } from 'vitest';
import { fateRecord } from '../../test/fate-records.ts';
import { createInMemoryFateStore } from '../../test/in-memory-fate-store.ts';
import { type FatesNews, fatesUpkeep } from './fates-upkeep.ts';

const context = { signal: new AbortController().signal, failures: 0 };
const contactId = fateRecord().contactId ?? '';

const recordOf = (value: FatesNews, offset = '7') =>
  ({
    value,
    key: '',
    headers: {},
    origin: { topic: 'acme.webhook.quarantine.v1', partition: 1, offset, timestamp: 0 },
  }) satisfies ConsumedRecord<FatesNews>;

const refused = (changes: Partial<QuarantinedDelivery> = {}): QuarantinedDelivery => ({
  quarantineId: 'q1',
  receivedAt: '2026-11-24T09:30:01.000Z',
  source: 'acmecrm',
  reason: 'INVALID_BODY',
  errors: [{ pointer: '/1/data/acme_email', detail: 'is missing' }],
  body: Buffer.from('{"id":"evt_1"}'),
  itemIndex: 1,
  eventId: 'evt_1',
  secretId: 'acme-1',
  headers: {},
  ...changes,
});

const deleted = (erased: boolean) => ({ contactId, erased }) as IntegrationContactDeleted;

const setUp = () => {
  const store = createInMemoryFateStore({ keptSeconds: 60, keptEvents: 100, now: () => 0 });
  const { handle } = fatesUpkeep({ store, forgetContact: store.forgetContact });
  return {
    store,
    take: (...values: FatesNews[]) =>
      handle(
        values.map((value) => recordOf(value)),
        context,
      ),
  };
};

it('records a refused item as a dead letter of its event, at its place among the quarantined', async () => {
  const { store, take } = setUp();
  expect(await take(refused())).toEqual([{ kind: 'done' }]);
  const [{ records } = { records: [] }] = await store.ofEvents(['evt_1']);
  expect(records).toEqual([
    {
      eventId: 'evt_1',
      content: expect.stringMatching(/^[\w-]{43}$/),
      at: Date.parse('2026-11-24T09:30:01.000Z'),
      receivedAt: '2026-11-24T09:30:01.000Z',
      secretId: 'acme-1',
      origin: { topic: 'acme.webhook.quarantine.v1', partition: 1, offset: '7' },
      outcome: 'dead_letter',
      fault: { stage: 'validate', code: 'INVALID_BODY', pointer: '/1/data/acme_email' },
    },
  ]);
});

it('takes the same bytes refused again for one content, and other bytes for another', async () => {
  const { store, take } = setUp();
  await take(refused(), refused({ quarantineId: 'q2' }), refused({ body: Buffer.from('{}') }));
  const [{ records } = { records: [] }] = await store.ofEvents(['evt_1']);
  expect(new Set(records.map(({ content }) => content)).size).toBe(2);
});

it('passes over a refused item without an event id', async () => {
  const { take } = setUp();
  const { eventId: _, ...nameless } = refused();
  expect(await take(nameless)).toEqual([{ kind: 'done' }]);
});

it('forgets what is kept of a contact that was erased, and nothing of one that was deleted', async () => {
  const { store, take } = setUp();
  await store.record([fateRecord()]);
  await take(deleted(false));
  expect((await store.ofEvents(['evt_1']))[0]?.records).toHaveLength(1);
  await take(deleted(true), deleted(true));
  expect((await store.ofEvents(['evt_1']))[0]?.records).toEqual([]);
});
