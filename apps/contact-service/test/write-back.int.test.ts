import { contactIdOfAcme } from '@contact-sync/domain';
import { useRedis } from '@contact-sync/redis/testing';
import { eventually, testEnvironment, uniquePrefix } from '@contact-sync/testing';
import { beforeEach, describe, expect, test } from 'vitest';
import { deleted, updated } from './event-builder.ts';
import { type BothWays, bothWays } from './support/both-ways.ts';
import { type Copy, createCopy } from './support/copy.ts';

const redis = useRedis(testEnvironment().REDIS_URL);

describe('both ways on Redis', () => {
  let copy: Copy;
  let ways: BothWays;
  const id = contactIdOfAcme('7');
  beforeEach(async () => {
    copy = await createCopy(redis, { prefix: uniquePrefix(), writeLeaseMs: 60_000 });
    ways = bothWays(copy);
  });

  /** An edit here and what is to be written of it. */
  const edited = async (payload: object) => {
    await ways.edit(id, payload);
    return ways.plan(id);
  };

  test('an edit here is planned as a patch of its members alone, and its answer leaves the contact as it is', async () => {
    await ways.told(updated({ id: '7', acme_version: 4, acme_phone: '(415) 555-2671' }));
    const plan = await edited({ title: 'Countess' });
    expect(plan).toEqual({
      kind: 'patch',
      id,
      version: 2,
      writeId: expect.any(String),
      acmeId: '7',
      ifVersion: 4,
      changes: { acme_title: 'Countess' },
    });
    expect(await ways.plan(id)).toMatchObject({ kind: 'under-way', writeId: plan.writeId });

    const record = { id: '7', acme_version: 5, acme_phone: '(415) 555-2671', acme_title: 'Countess' };
    expect(await ways.answered(plan, record)).toEqual([{ eventId: `wb:${id}:5`, fate: 'unchanged' }]);
    expect(await ways.told(updated(record))).toEqual(['duplicate']);
    expect(await ways.contact(id)).toMatchObject({ version: 2, title: 'Countess' });
    expect((await copy.request('GET', `/${id}/acme`)).json()).toMatchObject({
      sourceVersion: 5,
      record: { acme_title: 'Countess' },
    });
    expect(await ways.plan(id)).toEqual({ kind: 'nothing', id, version: 2, why: 'agreed' });
  });

  test.each([
    ['a city alone', { city: 'London' }, 'London'],
    ['a city and a country', { city: 'Lyon', country: 'France' }, 'Lyon, France'],
    ['a place without a zip code', { city: 'Austin', state: 'TX' }, 'Austin, TX'],
  ])(
    'an address typed as %s stays parted through its echo, a later change of another field and a remap',
    async (_, address, line) => {
      await ways.told(updated({ id: '7', acme_version: 1 }));
      const plan = await edited({ address });
      expect(plan).toMatchObject({ changes: { acme_address: line } });
      const before = await ways.contact(id);
      const entries = (await ways.history(id)).length;

      // The webhook comes before the answer.
      expect(await ways.told(updated({ id: '7', acme_version: 2, acme_address: line }))).toEqual([
        'unchanged',
      ]);
      const [late] = await ways.answered(plan, { id: '7', acme_version: 2, acme_address: line });
      expect(late).toMatchObject({ fate: 'duplicate' });
      expect(await ways.contact(id)).toEqual(before);
      expect(await ways.history(id)).toHaveLength(entries);
      expect(await ways.conflicts()).toEqual([]);

      await ways.told(updated({ id: '7', acme_version: 3, acme_address: line, acme_title: 'Countess' }));
      expect(await ways.contact(id)).toMatchObject({ title: 'Countess', address: before.address });
      expect(await ways.plan(id)).toMatchObject({ kind: 'nothing', why: 'agreed' });
      await ways.told(updated({ id: '7', acme_version: 4, acme_address: 'Berlin', acme_title: 'Countess' }));
      expect((await ways.contact(id)).address).toMatchObject({ street: 'Berlin', city: null });
    },
  );

  test('of two edits in a row the second stands and goes out next, also as it was before the first', async () => {
    await ways.told(updated({ id: '7', acme_version: 1, acme_title: 'Lady' }));
    const first = await edited({ title: 'Countess' });
    expect(await edited({ title: 'Lady' })).toMatchObject({ kind: 'under-way', version: 2 });
    const record = { id: '7', acme_version: 2, acme_title: 'Countess' };
    expect(await ways.told(updated(record))).toEqual(['unchanged']);
    expect(await ways.contact(id)).toMatchObject({ title: 'Lady', version: 3 });
    const second = await ways.plan(id);
    expect(second).toMatchObject({
      kind: 'patch',
      version: 3,
      ifVersion: 2,
      changes: { acme_title: 'Lady' },
    });
    expect(await ways.answered(first, record)).toMatchObject([{ fate: 'duplicate' }]);
    await ways.answered(second, { id: '7', acme_version: 3, acme_title: 'Lady' });
    expect(await ways.contact(id)).toMatchObject({ title: 'Lady', version: 3 });
    expect(await ways.plan(id)).toMatchObject({ kind: 'nothing', why: 'agreed' });
  });

  test('what AcmeCRM changed meanwhile is merged: a stale write is planned anew on the record as it is', async () => {
    await ways.told(updated({ id: '7', acme_version: 1 }));
    const { writeId = '' } = await edited({ title: 'Countess' });
    const theirs = updated({ id: '7', acme_version: 2, acme_company: 'Engines' });
    expect(await ways.told(theirs)).toEqual(['WRITE_UNDER_WAY']);
    expect(await ways.settle({ id, writeId, outcome: 'stale' })).toBe('settled');
    expect(await ways.settle({ id, writeId: id, outcome: 'stale' })).toBe('unknown');
    expect(await ways.told(theirs)).toEqual(['applied']);
    expect(await ways.contact(id)).toMatchObject({ title: 'Countess', company: 'Engines' });
    expect(await ways.plan(id)).toMatchObject({ ifVersion: 2, changes: { acme_title: 'Countess' } });
  });

  test('a write whose answer was lost is given once more as it was, and is known when it is heard', async () => {
    await ways.told(updated({ id: '7', acme_version: 1, acme_title: 'Lady' }));
    const { writeId = '', ...plan } = await edited({ title: 'Countess' });
    await ways.settle({ id, writeId, outcome: 'lost' });
    await ways.edit(id, { title: 'Lady' });
    expect(await ways.plan(id)).toEqual({ ...plan, writeId });
    // It had taken effect, so the second try finds another version.
    await ways.settle({ id, writeId, outcome: 'stale' });
    expect(await ways.plan(id, { dryRun: true })).toMatchObject({ changes: { acme_title: 'Lady' } });
    expect(await ways.told(updated({ id: '7', acme_version: 2, acme_title: 'Countess' }))).toEqual([
      'unchanged',
    ]);
    expect(await ways.contact(id)).toMatchObject({ title: 'Lady' });
    expect(await ways.plan(id)).toMatchObject({ ifVersion: 2, changes: { acme_title: 'Lady' } });
  });

  test('a write that nobody ends is given once more when its lease is over', async () => {
    const hasty = await createCopy(redis, { prefix: uniquePrefix(), writeLeaseMs: 100 });
    const other = bothWays(hasty);
    await other.told(updated({ id: '7', acme_version: 1 }));
    await other.edit(id, { title: 'Countess' });
    const plan = await other.plan(id);
    await eventually(async () => expect(await other.plan(id)).toEqual(plan));
  });

  test.each([
    ['cuts', { acme_version: 2, acme_title: 'Cou' }, 'Cou'],
    ['ignores, which makes no version there,', { acme_version: 1, acme_title: 'Lady' }, 'Lady'],
  ])(
    'a field that AcmeCRM %s is its decision after one write, told in history and inbox',
    async (_, record, title) => {
      await ways.told(updated({ id: '7', acme_version: 1, acme_title: 'Lady' }));
      const plan = await edited({ title: 'Countess' });
      expect(await ways.answered(plan, { id: '7', ...record })).toMatchObject([
        { fate: 'applied', version: 3 },
      ]);
      expect(await ways.contact(id)).toMatchObject({ title });
      expect((await ways.history(id))[0].changes).toEqual([
        { field: 'title', from: 'Countess', to: title, lost: 'Countess' },
      ]);
      expect(await ways.conflicts()).toMatchObject([
        { cause: 'not-taken', contactId: id, fields: [{ field: 'title', ours: 'Countess', theirs: title }] },
      ]);
      expect(await ways.plan(id)).toMatchObject({ kind: 'nothing', why: 'agreed' });
    },
  );

  test("another spelling of one phone is nobody's change", async () => {
    await ways.told(updated({ id: '7', acme_version: 1 }));
    const plan = await edited({ phone: '+14155552671' });
    const answer = { id: '7', acme_version: 2, acme_phone: '(415) 555-2671' };
    expect(await ways.answered(plan, answer)).toMatchObject([{ fate: 'unchanged' }]);
    expect(await ways.contact(id)).toMatchObject({ version: 2, phone: '+14155552671' });
    expect([await ways.plan(id), await ways.conflicts()]).toMatchObject([{ kind: 'nothing' }, []]);
  });

  test('an answer with other unknown members than the webhook of its version is no conflict of versions', async () => {
    await ways.told(updated({ id: '7', acme_version: 1 }));
    const plan = await edited({ title: 'Countess' });
    const record = { id: '7', acme_version: 2, acme_title: 'Countess' };
    await ways.answered(plan, record, { acme_score: 7 });
    expect(await ways.told({ ...updated(record), extra: { acme_owner: 'sales' } })).toEqual(['duplicate']);
  });

  test('a record that is refused is held until the next edit of it, and its pointer is told', async () => {
    await ways.told(updated({ id: '7', acme_version: 1 }));
    const { writeId = '' } = await edited({ title: 'Countess' });
    const refusal = { code: 'ACME_REFUSED', pointer: '/acme_title' };
    await ways.settle({ id, writeId, outcome: 'refused', ...refusal });
    expect(await ways.plan(id)).toEqual({ kind: 'held', id, version: 2, why: 'refused', ...refusal });
    expect(await edited({ title: 'Lady' })).toMatchObject({ kind: 'patch', changes: { acme_title: 'Lady' } });
  });

  test('a delete goes out only where deletes do, and its echo is no news', async () => {
    await ways.told(updated({ id: '7', acme_version: 1 }));
    await copy.request('DELETE', `/${id}`, { headers: { 'if-match': '*' } });
    expect(await ways.plan(id, { deletes: false })).toMatchObject({ kind: 'nothing', why: 'deletes-off' });
    const plan = await ways.plan(id);
    expect(plan).toMatchObject({ kind: 'delete', acmeId: '7', ifVersion: 1 });
    const entries = (await ways.history(id)).length;
    const gone = { id: '7', acme_version: 2 };
    expect(await ways.answeredDeleted(plan, gone)).toMatchObject([{ fate: 'unchanged' }]);
    expect(await ways.told(deleted(gone))).toEqual(['duplicate']);
    expect(await ways.history(id)).toHaveLength(entries);
    expect(await ways.plan(id)).toMatchObject({ kind: 'nothing', why: 'agreed' });
  });

  test('more than six writes of one contact within five minutes freeze it until somebody decides', async () => {
    await ways.told(updated({ id: '7', acme_version: 1 }));
    for (let version = 2; version <= 7; version += 1) {
      const title = `T${version}`;
      await ways.answered(await edited({ title }), { id: '7', acme_version: version, acme_title: title });
    }
    expect(await edited({ title: 'one more' })).toMatchObject({ kind: 'frozen' });
    expect(await edited({ title: 'and one' })).toMatchObject({ kind: 'frozen' });
    const [conflict] = await ways.conflicts();
    expect(conflict).toMatchObject({
      cause: 'frozen',
      fields: [{ field: 'title', ours: 'one more', theirs: 'T7' }],
    });
    const { version } = await ways.contact(id);
    await ways.resolve(conflict.id, 'ours');
    // The next version, so that whoever writes to AcmeCRM is told.
    expect(await ways.contact(id)).toMatchObject({ title: 'one more', version: version + 1 });
    expect(await ways.plan(id)).toMatchObject({ kind: 'patch', changes: { acme_title: 'one more' } });
  });

  test('a dry run of a plan stores nothing', async () => {
    await ways.told(updated({ id: '7', acme_version: 1 }));
    await ways.edit(id, { title: 'Countess' });
    const dry = await ways.plan(id, { dryRun: true });
    expect([dry.kind, await ways.plan(id)]).toEqual(['patch', dry]);
  });
});
