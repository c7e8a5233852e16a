import { contactIdOfAcme, type SourceEvent } from '@contact-sync/domain';
import { beforeEach, describe, expect, it } from 'vitest';
import { deleted, updated } from './event-builder.ts';
import { createTestApp } from './test-app.ts';

describe('POST /internal/contacts/apply', () => {
  let test: Awaited<ReturnType<typeof createTestApp>>;
  const id = contactIdOfAcme('7');
  beforeEach(async () => {
    test = await createTestApp();
  });

  const fates = (answer: { json: () => { results: { fate?: string; code?: string }[] } }) =>
    answer.json().results.map(({ fate, code }) => fate ?? code);

  it('answers one outcome an event, in order, events of one contact in sequence', async () => {
    const answer = await test.apply(
      updated({ id: '7', acme_version: 2 }),
      updated({ id: '8', acme_version: 1 }),
      updated({ id: '7', acme_version: 1 }),
      updated({ id: '7', acme_version: 3 }),
      updated({ id: '7', acme_version: 4, acme_title: 'Countess' }),
      updated({ id: '7', acme_version: 4, acme_title: 'Countess' }),
      updated({ id: '7', acme_version: 4, acme_title: 'Duchess' }),
    );
    expect(answer.statusCode).toBe(200);
    expect(fates(answer)).toEqual([
      'applied',
      'applied',
      'superseded',
      'unchanged',
      'applied',
      'duplicate',
      'VERSION_CONFLICT',
    ]);
  });

  it('answers a repeated batch with the fates of the first time and changes nothing', async () => {
    const batch = [
      updated({ id: '7', acme_version: 1 }),
      updated({ id: '7', acme_version: 2, acme_title: 'X' }),
    ];
    const first = await test.apply(...batch);
    const held = () => Promise.all([test.store.mirror(id), test.store.contact(id)]);
    const before = await held();
    const again = await test.apply(...batch);
    expect(again.json()).toEqual(first.json());
    expect(await held()).toEqual(before);
    expect(await test.store.history(id, { limit: 10 })).toHaveLength(2);
  });

  it('keeps numbers of members that we do not know in the spelling in which they came', async () => {
    const batch = JSON.stringify({ events: [updated({ id: '7', acme_version: 1 })] });
    const payload = batch.replace('"extra":{}', '"extra":{"acme_score":1e20}');
    const headers = { authorization: `Bearer ${test.workerToken}`, 'content-type': 'application/json' };
    await test.app.inject({ method: 'POST', url: '/internal/contacts/apply', payload, headers });
    expect((await test.get(`/api/v1/contacts/${id}/acme`)).body).toContain('"acme_score":1e20');
  });

  it('keeps a tombstone through a create and an update that come late, and revives on a later version', async () => {
    expect(fates(await test.apply(deleted({ id: '7', acme_version: 5 })))).toEqual(['applied']);
    expect(
      fates(await test.apply(updated({ id: '7', acme_version: 1 }), updated({ id: '7', acme_version: 4 }))),
    ).toEqual(['superseded', 'superseded']);
    expect(await test.store.contact(id)).toBeNull();
    expect(fates(await test.apply(updated({ id: '7', acme_version: 6 })))).toEqual(['applied']);
    expect(await test.store.contact(id)).toMatchObject({ version: 1, firstName: 'Ada' });
  });

  it('does not let one faulty item fail the others', async () => {
    const broken = { ...updated({ id: '8', acme_version: 1 }), data: { id: '8', acme_version: 1 } };
    const answer = await test.post(
      '/internal/contacts/apply',
      { events: [updated({ id: '7', acme_version: 1 }), broken, updated({ id: '9', acme_version: 1 })] },
      test.workerToken,
    );
    expect(fates(answer)).toEqual(['applied', 'INVALID_EVENT', 'applied']);
    expect(answer.json().results[1]).toMatchObject({ retryable: false, pointer: expect.any(String) });
  });

  it.each<[string, string, (event: SourceEvent) => unknown]>([
    ['of another type', '/eventType', (event) => ({ ...event, eventType: 'contact.merged' })],
    ['without a contact', '/contactId', ({ contactId: _, ...event }) => event],
    ['with a time that is none', '/occurredAt', (event) => ({ ...event, occurredAt: 'yesterday' })],
    ['with a version that is none', '/sourceVersion', (event) => ({ ...event, sourceVersion: '1' })],
    ['with no data', '/data', (event) => ({ ...event, data: null })],
    ['without an id', '/eventId', ({ eventId: _, ...event }) => event],
    ['with an endless id', '/eventId', (event) => ({ ...event, eventId: 'x'.repeat(129) })],
    ['that is null', '', () => null],
    ['that is a list', '', () => []],
  ])('refuses an item %s by itself and takes the 199 beside it', async (_, pointer, broken) => {
    const events = Array.from({ length: 200 }, (_item, index) =>
      updated({ id: `${index}`, acme_version: 1 }),
    );
    const item = broken(updated({ id: 'broken', acme_version: 1 }, 'evt_broken'));
    const payload = { events: events.with(7, item as SourceEvent) };
    const answer = await test.post('/internal/contacts/apply', payload, test.workerToken);
    expect(answer.statusCode).toBe(200);
    const { results } = answer.json();
    expect(results).toHaveLength(200);
    const hasId = pointer !== '/eventId' && pointer !== '';
    expect(results[7]).toEqual({
      eventId: hasId ? 'evt_broken' : 'unknown',
      code: 'INVALID_EVENT',
      pointer,
      retryable: false,
    });
    expect(
      results.toSpliced(7, 1).map(({ eventId, fate }: { eventId: string; fate: string }) => [eventId, fate]),
    ).toEqual(events.toSpliced(7, 1).map(({ eventId }) => [eventId, 'applied']));
  });

  it.each([
    ['no object', []],
    ['without events', {}],
    ['with no list of events', { events: { 0: {} } }],
    ['with no event', { events: [] }],
    ['with more than 200', { events: Array.from({ length: 201 }, () => ({})) }],
    ['with something beside the events', { events: [{}], more: 1 }],
  ])('refuses a body %s as a whole', async (_, payload) => {
    const answer = await test.post('/internal/contacts/apply', payload, test.workerToken);
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'INVALID_BODY']);
  });

  it('writes nothing in a dry run and says what would be', async () => {
    const answer = await test.post(
      '/internal/contacts/apply?dryRun=true',
      { events: [updated({ id: '7', acme_version: 1 })] },
      test.workerToken,
    );
    expect(fates(answer)).toEqual(['applied']);
    expect(await test.store.contact(id)).toBeNull();
  });

  it('tells in a dry run what would change in the contact, and in no other', async () => {
    await test.apply(updated({ id: '7', acme_version: 1, acme_title: 'Countess' }));
    const next = { events: [updated({ id: '7', acme_version: 2, acme_title: 'Duchess' })] };
    const dry = await test.post('/internal/contacts/apply?dryRun=true', next, test.workerToken);
    expect(dry.json().results).toMatchObject([
      { fate: 'applied', version: 2, changes: [{ field: 'title', from: 'Countess', to: 'Duchess' }] },
    ]);
    const real = await test.post('/internal/contacts/apply', next, test.workerToken);
    expect(real.json().results[0]).not.toHaveProperty('changes');
  });

  it('decides anew when the contact moved in between, and applies once', async () => {
    const { commit } = test.store;
    let raced = false;
    test.store.commit = async (writes) => {
      if (!raced) {
        raced = true;
        await test.apply(updated({ id: '7', acme_version: 2, acme_title: 'first' }));
      }
      return commit(writes);
    };
    const answer = await test.apply(updated({ id: '7', acme_version: 3, acme_title: 'second' }));
    expect(fates(answer)).toEqual(['applied']);
    const history = await test.store.history(id, { limit: 10 });
    expect(history.map(({ sequence, sourceVersion }) => [sequence, sourceVersion])).toEqual([
      [2, 3],
      [1, 2],
    ]);
  });

  it.each([
    ['nobody', () => undefined, 401],
    ['a user, admin included', () => test.issuer.userToken('admin'), 401],
    ['a machine of the public audience', () => test.issuer.machineToken(['contacts:read']), 401],
    ['a machine without the scope', () => test.issuer.machineToken([], { aud: 'contact-service' }), 403],
  ])('is closed to %s', async (_, tokenOf, status) => {
    const token = tokenOf();
    const answer = await test.app.inject({
      method: 'POST',
      url: '/internal/contacts/apply',
      payload: { events: [updated({ id: '7', acme_version: 1 })] },
      ...(token !== undefined && { headers: { authorization: `Bearer ${token}` } }),
    });
    expect(answer.statusCode).toBe(status);
    expect(await test.store.contact(id)).toBeNull();
  });
});
