import type { BornHere } from '@contact-sync/api-contracts';
import { useRedis } from '@contact-sync/redis/testing';
import { testEnvironment, uniquePrefix } from '@contact-sync/testing';
import { beforeEach, describe, expect, test } from 'vitest';
import { updated } from './event-builder.ts';
import { type BothWays, bothWays } from './support/both-ways.ts';
import { type Copy, createCopy } from './support/copy.ts';
import { person } from './support/service.ts';

const redis = useRedis(testEnvironment().REDIS_URL);

describe('the walk over what was made here', () => {
  let copy: Copy;
  let ways: BothWays;
  beforeEach(async () => {
    copy = await createCopy(redis, { prefix: uniquePrefix() });
    ways = bothWays(copy);
  });

  const make = async (more: object = {}): Promise<string> =>
    (await copy.request('POST', '', { payload: { ...person, ...more } })).json().id;

  const walk = async (): Promise<BornHere[]> => {
    const all: BornHere[] = [];
    let cursor: string | undefined;
    do {
      const query = cursor === undefined ? '' : `?cursor=${cursor}`;
      const page = (await copy.internal(`/born-here${query}`)).json();
      all.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    return all;
  };

  test('tells how far AcmeCRM has a record of each: linked, under way, held and why, or none', async () => {
    const [linked, sent, refused, edited, none] = [
      await make(),
      await make(),
      await make(),
      await make(),
      await make(),
    ];
    await ways.answered(await ways.plan(linked), { id: 'a1', acme_version: 1 });
    await ways.plan(sent);
    for (const id of [refused, edited]) {
      const { writeId = '' } = await ways.plan(id);
      await ways.settle({ id, writeId, outcome: 'refused', code: 'ACME_REFUSED' });
    }
    await ways.edit(edited, { title: 'Countess' });
    const told = new Map((await walk()).map(({ contactId, ...rest }) => [contactId, rest]));
    const updatedAt = expect.any(String);
    expect([linked, sent, refused, edited, none].map((id) => told.get(id))).toEqual([
      { version: 1, updatedAt, record: 'linked' },
      { version: 1, updatedAt, record: 'under-way' },
      { version: 1, updatedAt, record: 'held', why: 'refused' },
      { version: 2, updatedAt, record: 'none' },
      { version: 1, updatedAt, record: 'none' },
    ]);
  });

  test('leaves out what AcmeCRM made, what is deleted and what was erased', async () => {
    const [kept, deleted, erased] = [await make(), await make(), await make()];
    await ways.told(updated({ id: 'a1', acme_version: 1 }));
    await copy.request('DELETE', `/${deleted}`, { headers: { 'if-match': '*' } });
    await copy.request('POST', `/${erased}/erase`);
    expect((await walk()).map(({ contactId }) => contactId)).toEqual([kept]);
  });

  test('comes to each once, over several pages', async () => {
    const ids = await Promise.all(Array.from({ length: 450 }, () => make()));
    const walked = (await walk()).map(({ contactId }) => contactId);
    expect(walked.toSorted()).toEqual(ids.toSorted());
  });
});
