import { contactIdOfAcme } from '@contact-sync/domain';
import { builtInMapping, compileMapping, loadMapping } from '@contact-sync/field-mapper';
import { useRedis } from '@contact-sync/redis/testing';
import { testEnvironment, uniquePrefix } from '@contact-sync/testing';
import { beforeEach, describe, expect, test } from 'vitest';
import { updated } from './event-builder.ts';
import { type BothWays, bothWays } from './support/both-ways.ts';
import { type Copy, createCopy } from './support/copy.ts';

const redis = useRedis(testEnvironment().REDIS_URL);
const ownedHere = loadMapping(
  JSON.stringify({ version: 1, pairs: [{ acme: '/acme_title', contact: '/title', owner: 'integration' }] }),
);

describe('the conflict inbox', () => {
  let copy: Copy;
  let ways: BothWays;
  const begin = async (mapping = compileMapping(builtInMapping)) => {
    copy = await createCopy(redis, { prefix: uniquePrefix(), conflictLimit: 3, mapping });
    ways = bothWays(copy);
  };
  beforeEach(() => begin());

  /** Both sides change the title of a contact. */
  const disagree = async (acmeId: string): Promise<string> => {
    const id = contactIdOfAcme(acmeId);
    await ways.told(updated({ id: acmeId, acme_version: 1, acme_title: 'Lady' }));
    await ways.edit(id, { title: 'Countess' });
    await ways.told(updated({ id: acmeId, acme_version: 2, acme_title: 'Analyst' }));
    return id;
  };

  test('lists what both sides changed, with both values, as history does; the owner has won', async () => {
    const id = await disagree('7');
    expect(await ways.contact(id)).toMatchObject({ title: 'Analyst' });
    expect(await ways.conflicts()).toEqual([
      {
        id: expect.any(String),
        contactId: id,
        at: expect.any(String),
        cause: 'both-changed',
        sourceVersion: 2,
        fields: [{ field: 'title', ours: 'Countess', theirs: 'Analyst' }],
      },
    ]);
    expect((await ways.history(id))[0].changes).toEqual([
      { field: 'title', from: 'Countess', to: 'Analyst', lost: 'Countess' },
    ]);
  });

  test("resolved with ours, our value is the contact's and goes to AcmeCRM", async () => {
    const id = await disagree('7');
    const [conflict] = await ways.conflicts();
    const answer = await ways.resolve(conflict.id, 'ours');
    expect([answer.statusCode, answer.headers.etag]).toEqual([200, '"4"']);
    expect(answer.json()).toMatchObject({ title: 'Countess', version: 4 });
    expect(await ways.plan(id)).toMatchObject({ ifVersion: 2, changes: { acme_title: 'Countess' } });
    expect(await ways.conflicts()).toEqual([]);
    expect((await ways.history(id))[0]).toMatchObject({ by: expect.stringMatching(/^user:/), version: 4 });
    const again = await ways.resolve(conflict.id, 'ours');
    expect([again.statusCode, again.json().code]).toEqual([404, 'CONFLICT_NOT_FOUND']);
  });

  test("where the field is ours, resolving with theirs takes AcmeCRM's value and writes nothing", async () => {
    await begin(ownedHere);
    const id = await disagree('7');
    expect(await ways.contact(id)).toMatchObject({ title: 'Countess' });
    const [conflict] = await ways.conflicts();
    expect(conflict.fields).toEqual([{ field: 'title', ours: 'Countess', theirs: 'Analyst' }]);
    await ways.resolve(conflict.id, 'theirs');
    expect(await ways.contact(id)).toMatchObject({ title: 'Analyst' });
    expect(await ways.plan(id)).toMatchObject({ kind: 'nothing', why: 'agreed' });
  });

  test('a decision on another version than If-Match names is 412 and changes nothing', async () => {
    const id = await disagree('7');
    const [conflict] = await ways.conflicts();
    const answer = await ways.resolve(conflict.id, 'ours', { 'if-match': '"2"' });
    expect([answer.statusCode, answer.json().code]).toEqual([412, 'PRECONDITION_FAILED']);
    expect([await ways.contact(id), await ways.conflicts()]).toMatchObject([
      { title: 'Analyst' },
      [conflict],
    ]);
    expect((await ways.resolve(conflict.id, 'ours', { 'if-match': '"3"' })).statusCode).toBe(200);
  });

  test('is bounded: the oldest entries go, and comes page by page, oldest first', async () => {
    const ids = [];
    for (const acmeId of ['1', '2', '3', '4', '5']) ids.push(await disagree(acmeId));
    const first = (await copy.call('GET', '/api/v1/conflicts?limit=2')).json();
    expect(first.items.map(({ contactId }: { contactId: string }) => contactId)).toEqual(ids.slice(2, 4));
    const rest = (await copy.call('GET', `/api/v1/conflicts?limit=2&cursor=${first.nextCursor}`)).json();
    expect(rest.items.map(({ contactId }: { contactId: string }) => contactId)).toEqual(ids.slice(4));
    expect(rest).not.toHaveProperty('nextCursor');
    const wrong = await copy.call('GET', '/api/v1/conflicts?cursor=abc');
    expect([wrong.statusCode, wrong.json().code]).toEqual([400, 'INVALID_CURSOR']);
  });

  test('of an erased contact nothing is left, and of a deleted one only the entry goes', async () => {
    const [erased, gone] = [await disagree('7'), await disagree('8')];
    await copy.request('POST', `/${erased}/erase`);
    const left = await ways.conflicts();
    expect(left).toMatchObject([{ contactId: gone }]);
    await copy.request('DELETE', `/${gone}`, { headers: { 'if-match': '*' } });
    expect((await ways.resolve(left[0].id, 'ours')).json()).toMatchObject({ title: 'Analyst' });
    expect(await ways.conflicts()).toEqual([]);
  });

  test('a record that AcmeCRM no longer has deletes nothing; somebody decides', async () => {
    const id = contactIdOfAcme('7');
    await ways.told(updated({ id: '7', acme_version: 1 }));
    await ways.edit(id, { title: 'Countess' });
    const { writeId = '' } = await ways.plan(id);
    await ways.settle({ id, writeId, outcome: 'not-found' });
    expect(await ways.plan(id)).toMatchObject({ kind: 'held', why: 'not-found' });
    expect(await ways.contact(id)).not.toHaveProperty('deletedAt');
    const [conflict] = await ways.conflicts();
    expect(conflict).toMatchObject({ cause: 'not-found', fields: [] });
    await ways.resolve(conflict.id, 'ours');
    expect(await ways.plan(id)).toMatchObject({ kind: 'patch', version: 3 });
  });
});
