import { randomUUID } from 'node:crypto';
import type { Run } from '@contact-sync/api-contracts';
import { v7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { resolveOptions } from '../src/domain/run-options.ts';
import type { RunStore } from '../src/ports.ts';

export const newRun = (): Run => {
  const resolved = resolveOptions({});
  if ('faults' in resolved) throw new Error('the defaults do not fit each other');
  const at = new Date(Date.UTC(2026, 0, 1)).toISOString();
  const progress = { planned: 552, sent: 0, accepted: 0, refused: 0, contacts: 100, settled: 0, verified: 0 };
  const { options } = resolved;
  return { id: randomUUID(), state: 'sending', options, progress, startedAt: at, updatedAt: at };
};

/** What every {@link RunStore} guarantees. */
export const runStoreContract = (name: string, create: () => RunStore): void => {
  describe(`${name} as a run store`, () => {
    it('gives a run back as it was saved last', async () => {
      const store = create();
      const run = newRun();
      await store.save(run);
      const later: Run = { ...run, state: 'failed', failure: 'because', finishedAt: run.startedAt };
      await store.save(later);
      expect(await store.find(run.id)).toEqual(later);
    });

    it('keeps runs apart and knows no other', async () => {
      const store = create();
      const [one, other] = [newRun(), newRun()];
      await store.save(one);
      await store.save(other);
      expect(await store.find(one.id)).toEqual(one);
      expect(await store.find(randomUUID())).toBeUndefined();
    });

    it('lists runs by falling id, page by page', async () => {
      const store = create();
      const runs = Array.from({ length: 3 }, () => ({ ...newRun(), id: v7() }));
      for (const run of runs) await store.save(run);
      const [first, second] = await store.list({ limit: 2 });
      expect([first?.id, second?.id]).toEqual([runs[2]?.id, runs[1]?.id]);
      const rest = await store.list({ limit: 1, before: second?.id ?? '' });
      expect(rest.map(({ id }) => id)).toEqual([runs[0]?.id]);
    });

    it('tells of a stop that was asked for, of that run alone', async () => {
      const store = create();
      const [one, other] = [randomUUID(), randomUUID()];
      await store.requestStop(one);
      expect([await store.isStopRequested(one), await store.isStopRequested(other)]).toEqual([true, false]);
    });
  });
};
