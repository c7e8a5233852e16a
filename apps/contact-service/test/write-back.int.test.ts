import { contactIdOfAcme } from '@contact-sync/domain';
import { createRedis } from '@contact-sync/redis';
import { testEnvironment, uniquePrefix } from '@contact-sync/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { updated } from './event-builder.ts';
import { type BothWays, bothWays } from './support/both-ways.ts';
import { type Copy, createCopy } from './support/copy.ts';

const silent = { info: () => undefined, warn: () => undefined };
const redis = createRedis({ url: testEnvironment().REDIS_URL, clientName: 'test', logger: silent });

describe('both ways on Redis', () => {
  let copy: Copy;
  let ways: BothWays;
  const id = contactIdOfAcme('7');
  beforeAll(async () => {
    redis.connect();
    await redis.waitUntilReady(10_000);
  });
  afterAll(() => redis.close());
  beforeEach(async () => {
    copy = await createCopy(redis, { prefix: uniquePrefix() });
    ways = bothWays(copy);
  });

  test('an edit here is planned as a patch of its members alone, and its answer leaves the contact as it is', async () => {
    await copy.apply(updated({ id: '7', acme_version: 4, acme_phone: '(415) 555-2671' }));
    await ways.edit(id, { title: 'Countess' });
    const plan = await ways.plan(id);
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
});
