import { contactIdOfAcme } from '@contact-sync/domain';
import { builtInMapping, compileMapping } from '@contact-sync/field-mapper';
import { eventually, redisServerExecutable } from '@contact-sync/testing';
import { describe, expect, it } from 'vitest';
import { applyEvents } from '../src/use-cases/apply-events.ts';
import { deleted, updated } from './event-builder.ts';
import { startSystem } from './support/system.ts';

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();

describe.skipIf(redisServerExecutable() === undefined)('the sweeper of two copies', () => {
  it('leaves stubs of what was deleted long enough ago, more than a round takes, and tells how far it is', async () => {
    await using system = await startSystem();
    const mapping = compileMapping(builtInMapping);
    const { store } = system;
    const deleteAt = (at: string, ids: readonly string[]) =>
      applyEvents(
        { store, mapping, now: () => at },
        ids.flatMap((id) => [updated({ id, acme_version: 1 }), deleted({ id, acme_version: 2 })]),
      );
    const old = Array.from({ length: 450 }, (_, index) => `old${index}`);
    await deleteAt(daysAgo(41), old);
    await deleteAt(daysAgo(39), ['young']);

    const settings = { TOMBSTONE_RETENTION_DAYS: '40', TOMBSTONE_SWEEP_INTERVAL_MS: '100' };
    const copies = await Promise.all([system.start({ settings }), system.start({ settings })]);
    await eventually(async () => expect(await store.tombstones(10)).toHaveLength(1));
    const left = await store.load(old.map(contactIdOfAcme));
    expect(left.every(({ contact }) => contact !== null && 'stub' in contact)).toBe(true);
    expect(await store.contact(contactIdOfAcme('young'))).toMatchObject({ version: 2, firstName: 'Ada' });
    const swept = await Promise.all(copies.map((copy) => copy.metric('tombstones_swept_total')));
    expect(swept.reduce((sum, count) => sum + count)).toBe(old.length);
    await eventually(async () =>
      expect(await copies[0]?.metric('tombstone_oldest_age_seconds')).toBeCloseTo(39 * 86_400, -3),
    );
  });
});
