import { contactIdOfAcme, outgoingEventId } from '@contact-sync/domain';
import { beforeEach, describe, expect, it } from 'vitest';
import { deleted, updated } from './event-builder.ts';
import { createTestApp } from './test-app.ts';

describe('POST /internal/contacts/lift', () => {
  let test: Awaited<ReturnType<typeof createTestApp>>;
  const id = contactIdOfAcme('7');
  beforeEach(async () => {
    test = await createTestApp();
  });

  const lift = async (version: number, more: object = {}, erased = false) => {
    const payload = { contacts: [{ id, version, erased }], ...more };
    const answer = await test.post('/internal/contacts/lift', payload, test.workerToken);
    return answer.json().lifted;
  };

  it('gives a contact below what was published its next version above that, with its fields as they are', async () => {
    await test.apply(updated({ id: '7', acme_version: 1, acme_title: 'Countess' }));
    expect(await lift(5)).toEqual([id]);
    expect(await test.store.contact(id)).toMatchObject({ version: 6, title: 'Countess' });
    const [newest] = await test.store.history(id, { limit: 1 });
    expect(newest).toMatchObject({ by: 'rewind', version: 6, outgoingEventId: outgoingEventId(id, 6) });
  });

  it('leaves what is not below as it is, so that a repeat changes nothing more', async () => {
    await test.apply(updated({ id: '7', acme_version: 1 }));
    expect(await lift(1)).toEqual([]);
    await lift(5);
    expect(await lift(5)).toEqual([]);
    expect(await test.store.contact(id)).toMatchObject({ version: 6 });
  });

  it('lets a contact that was lost whole count on once its events come again', async () => {
    expect(await lift(5)).toEqual([id]);
    expect((await test.get(`/api/v1/contacts/${id}`)).statusCode).toBe(404);
    await test.apply(updated({ id: '7', acme_version: 1 }));
    expect(await test.store.contact(id)).toMatchObject({ version: 6, firstName: 'Ada' });
    expect((await test.get(`/api/v1/contacts/${id}`)).json().deletedAt).toBeUndefined();
  });

  it.each([
    ['came back with an older state', [updated({ id: '7', acme_version: 1 })]],
    ['was lost whole', []],
  ])('erases a contact once more whose erasure was lost and that %s', async (_, events) => {
    if (events.length > 0) await test.apply(...events);
    expect(await lift(5, {}, true)).toEqual([id]);
    expect(await lift(5, {}, true)).toEqual([]);
    expect(await test.store.contact(id)).toMatchObject({ stub: true, version: 6 });
    const again = await test.apply(updated({ id: '7', acme_version: 2 }));
    expect(again.json().results).toMatchObject([{ fate: 'superseded' }]);
  });

  it('leaves a contact that lives again after its erasure', async () => {
    await lift(5, {}, true);
    const post = (action: string) =>
      test.post(`/api/v1/contacts/${id}/${action}`, {}, test.issuer.userToken('admin'));
    expect((await post('erase/lift')).statusCode).toBe(204);
    await test.apply(updated({ id: '7', acme_version: 2 }));
    expect(await lift(6, {}, true)).toEqual([]);
    expect(await test.store.contact(id)).toMatchObject({ version: 7, firstName: 'Ada' });
  });

  it('keeps a deleted contact deleted', async () => {
    await test.apply(updated({ id: '7', acme_version: 1 }), deleted({ id: '7', acme_version: 2 }));
    await lift(9);
    expect(await test.store.contact(id)).toMatchObject({ version: 10, deletedAt: expect.any(String) });
  });

  it('tells in a dry run who is below, and writes nothing', async () => {
    await test.apply(updated({ id: '7', acme_version: 1 }));
    expect(await lift(5, { dryRun: true })).toEqual([id]);
    expect(await test.store.contact(id)).toMatchObject({ version: 1 });
  });
});
