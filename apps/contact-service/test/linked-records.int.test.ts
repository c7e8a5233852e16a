import { useRedis } from '@contact-sync/redis/testing';
import { testEnvironment, uniquePrefix } from '@contact-sync/testing';
import { beforeEach, describe, expect, test } from 'vitest';
import { deleted, type Told, updated } from './event-builder.ts';
import { type BothWays, bothWays } from './support/both-ways.ts';
import { type Copy, createCopy } from './support/copy.ts';
import { person } from './support/service.ts';

const redis = useRedis(testEnvironment().REDIS_URL);

describe('a contact that was born here', () => {
  let copy: Copy;
  let ways: BothWays;
  let id: string;
  beforeEach(async () => {
    copy = await createCopy(redis, { prefix: uniquePrefix() });
    ways = bothWays(copy);
    id = (await copy.request('POST', '', { payload: { ...person, address: { city: 'London' } } })).json().id;
  });

  /** AcmeCRM's record of it. */
  const record = (told: Partial<Told> = {}): Told => ({
    id: 'a1',
    acme_version: 1,
    acme_address: 'London',
    ...told,
  });
  const webhook = (told: Partial<Told> = {}, of = id) => ({
    ...updated(record(told)),
    extra: { acme_external_id: of },
  });

  test('is planned as one create with its id as external id, the same however often it is tried', async () => {
    const plan = await ways.plan(id);
    expect(plan).toEqual({
      kind: 'create',
      id,
      version: 1,
      writeId: expect.any(String),
      idempotencyKey: plan.writeId,
      record: {
        acme_first_name: 'Ada',
        acme_last_name: 'Lovelace',
        acme_email: 'ada@example.com',
        acme_address: 'London',
        acme_external_id: id,
      },
    });
    for (const outcome of ['lost', 'stale'] as const) {
      await ways.settle({ id, writeId: plan.writeId ?? '', outcome });
      await ways.edit(id, { title: outcome });
      expect(await ways.plan(id)).toEqual(plan);
    }
  });

  test.each([
    ['answer, before the webhook', 'answer'],
    ['webhook, before the answer', 'webhook'],
  ])(
    'is linked by the %s; later events and edits go to it, and no second contact is made',
    async (_, first) => {
      const plan = await ways.plan(id);
      const before = await ways.contact(id);
      const said = first === 'answer' ? await ways.answered(plan, record()) : await ways.applied(webhook());
      expect(said).toEqual([{ eventId: expect.any(String), fate: 'unchanged', contactId: id }]);
      const then = first === 'answer' ? await ways.applied(webhook()) : await ways.answered(plan, record());
      expect(then).toMatchObject([{ fate: 'duplicate', contactId: id }]);
      expect(await ways.contact(id)).toEqual(before);
      expect(await ways.history(id)).toHaveLength(1);

      expect(await ways.told(webhook({ acme_version: 2, acme_title: 'Countess' }))).toEqual(['applied']);
      expect(await ways.contact(id)).toMatchObject({ title: 'Countess', address: { city: 'London' } });
      await ways.edit(id, { title: 'Lady' });
      expect(await ways.plan(id)).toMatchObject({ kind: 'patch', acmeId: 'a1', ifVersion: 2 });
      expect((await copy.request('GET', '')).json().items).toHaveLength(1);
      // A delete carries no external id.
      expect(await ways.told(deleted({ id: 'a1', acme_version: 3 }))).toEqual(['applied']);
      expect(await ways.contact(id)).toMatchObject({ deletedAt: expect.any(String) });
    },
  );

  test('is linked by its answer even where AcmeCRM leaves the external id out', async () => {
    await ways.answered(await ways.plan(id), record());
    expect(await ways.told(updated(record({ acme_version: 2, acme_title: 'T' })))).toEqual(['applied']);
    expect(await ways.contact(id)).toMatchObject({ title: 'T' });
  });

  test('keeps what was edited before its create has answered, and that goes out next', async () => {
    const plan = await ways.plan(id);
    await ways.edit(id, { title: 'Countess', firstName: 'Augusta' });
    await ways.answered(plan, record());
    expect(await ways.contact(id)).toMatchObject({ title: 'Countess', firstName: 'Augusta', version: 2 });
    expect(await ways.plan(id)).toMatchObject({
      kind: 'patch',
      ifVersion: 1,
      changes: { acme_title: 'Countess', acme_first_name: 'Augusta' },
    });
  });

  test('that was deleted before its create has answered is deleted there too', async () => {
    const plan = await ways.plan(id);
    await copy.request('DELETE', `/${id}`, { headers: { 'if-match': '*' } });
    await ways.answered(plan, record());
    expect(await ways.contact(id)).toMatchObject({ deletedAt: expect.any(String) });
    expect(await ways.plan(id)).toMatchObject({ kind: 'delete', acmeId: 'a1', ifVersion: 1 });
  });

  test('that was erased before its create has answered stays erased, whoever tells of it', async () => {
    const plan = await ways.plan(id);
    await copy.request('POST', `/${id}/erase`);
    expect(await ways.plan(id)).toMatchObject({ kind: 'nothing', why: 'erased' });
    expect(await ways.answered(plan, record())).toMatchObject([{ fate: 'superseded' }]);
    expect(await ways.told(webhook({ acme_version: 2 }))).toEqual(['superseded']);
    expect((await copy.request('GET', '?includeDeleted=true')).json().items).toEqual([]);
  });

  test.each([
    ['its own id', () => id],
    ['the id that the record makes', () => ways.idOf('a1')],
  ])('erased by %s, stays so for the record that was linked with it, also by its delete', async (_, by) => {
    await ways.answered(await ways.plan(id), record());
    expect((await copy.request('POST', `/${by()}/erase`)).json()).toMatchObject({ id });
    const fates = await ways.told(
      updated(record({ acme_version: 2 })),
      deleted({ id: 'a1', acme_version: 3 }),
    );
    expect(fates).toEqual(['superseded', 'superseded']);
  });

  test('is deleted by a delete that was heard before the link', async () => {
    const plan = await ways.plan(id);
    expect(await ways.told(deleted({ id: 'a1', acme_version: 2 }))).toEqual(['applied']);
    expect(await ways.answered(plan, record())).toMatchObject([{ fate: 'superseded', contactId: id }]);
    expect(await ways.contact(id)).toMatchObject({ deletedAt: expect.any(String) });
    expect(await ways.told(webhook({ acme_version: 3, acme_title: 'back' }))).toEqual(['applied']);
    expect(await ways.contact(id)).toMatchObject({ title: 'back' });
  });

  test('is not given to a second record that names it, nor to one that has a contact of its own', async () => {
    await ways.answered(await ways.plan(id), record());
    expect(await ways.told(webhook({ id: 'a2' }))).toEqual(['LINK_CONFLICT']);
    const other = (await copy.request('POST', '', { payload: person })).json().id;
    await ways.told(updated({ id: 'a3', acme_version: 1 }));
    expect(await ways.told(webhook({ id: 'a3', acme_version: 2 }, other))).toEqual(['LINK_CONFLICT']);
    expect(await ways.told(updated({ id: 'a3', acme_version: 3 }))).toEqual(['unchanged']);
  });

  test('an external id that is none of ours is a member like any other', async () => {
    const nobody = '0192f0c0-0000-7000-8000-00000000dead';
    expect(await ways.told(webhook({ id: 'a4' }, nobody), webhook({ id: 'a5' }, 'erp-17'))).toEqual([
      'applied',
      'applied',
    ]);
    expect((await copy.request('GET', `/${ways.idOf('a4')}/acme`)).json().record).toMatchObject({
      acme_external_id: nobody,
    });
  });

  test('is read and edited under the id that its record makes too, as the contact that it is', async () => {
    const alias = ways.idOf('a1');
    const at = (method: 'GET' | 'PATCH', of: string, url = '') =>
      copy.request(method, `/${of}${url}`, method === 'GET' ? {} : edit);
    const edit = { payload: { title: 'Lady' }, headers: { 'if-match': '*', 'idempotency-key': 'once' } };
    expect((await at('GET', alias)).json()).toMatchObject({ code: 'CONTACT_NOT_FOUND' });
    await ways.answered(await ways.plan(id), record());

    const edited = await at('PATCH', alias);
    const again = await at('PATCH', alias);

    expect(edited.json()).toMatchObject({ id, title: 'Lady', version: 2 });
    expect([again.statusCode, again.body]).toEqual([200, edited.body]);
    expect(await ways.history(id)).toHaveLength(2);
    for (const url of ['', '/acme', '/history']) {
      const [own, other] = [await at('GET', id, url), await at('GET', alias, url)];
      expect([other.statusCode, other.body, other.headers['etag']]).toEqual([
        200,
        own.body,
        own.headers['etag'],
      ]);
    }
    expect((await copy.request('GET', '')).json().items).toHaveLength(1);
  });

  test('is linked once though answer and webhooks come all at once', async () => {
    const plan = await ways.plan(id);
    const changed = webhook({ acme_version: 2, acme_title: 'Countess' });
    const [answer, made, [change], gone] = await Promise.all([
      ways.answered(plan, record()),
      ways.applied(webhook()),
      ways.applied(changed),
      ways.applied(deleted({ id: 'a1', acme_version: 3 })),
    ]);
    for (const result of [...answer, ...made, ...gone]) expect(result).toHaveProperty('fate');
    // Before the answer it is not known whether it is one.
    if (!('fate' in (change ?? {}))) {
      expect(change).toMatchObject({ code: 'WRITE_UNDER_WAY', retryable: true });
      expect(await ways.told(changed)).not.toContain('WRITE_UNDER_WAY');
    }
    expect(await ways.contact(id)).toMatchObject({ deletedAt: expect.any(String) });
    expect((await copy.request('GET', '?includeDeleted=true')).json().items).toHaveLength(1);
    expect(await ways.versions('a1', 'a9')).toMatchObject([
      { kind: 'known', acmeId: 'a1', contactId: id, version: 3, deleted: true },
      { kind: 'unknown', acmeId: 'a9' },
    ]);
  });
});
