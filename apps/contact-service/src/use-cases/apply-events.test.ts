import { builtInMapping, compileMapping } from '@contact-sync/field-mapper';
import { expect, test } from 'vitest';
import { updated } from '../../test/event-builder.ts';
import { createInMemoryContactStore } from '../../test/in-memory-contact-store.ts';
import { applyEvents } from './apply-events.ts';

const mapping = compileMapping(builtInMapping);
const now = () => '2026-01-01T00:00:00.000Z';

type Store = ReturnType<typeof createInMemoryContactStore>;

test.each<[string, (store: Store) => Partial<Store>]>([
  ['a snapshot', ({ load }) => ({ load: async (ids) => (await load(ids)).slice(1) })],
  ['an outcome', ({ commit }) => ({ commit: async (writes) => (await commit(writes)).slice(1) })],
])('a store that loses %s fails the batch, which is never answered in part', async (_, losing) => {
  const memory = createInMemoryContactStore({ historyLimit: 5 });
  const events = ['1', '2', '3'].map((id) => updated({ id, acme_version: 1 }));
  const store = { ...memory, ...losing(memory) };
  await expect(applyEvents({ store, mapping, now }, events)).rejects.toThrow('lost');
});

test('a batch that fails is answered once nothing of it is being written any more', async () => {
  const memory = createInMemoryContactStore({ historyLimit: 5 });
  const slow = Promise.withResolvers<void>();
  const [begun, failed] = [Promise.withResolvers<void>(), new Error('away')];
  let commits = 0;
  const store: typeof memory = {
    ...memory,
    commit: async () => {
      commits += 1;
      if (commits === 1) throw failed;
      begun.resolve();
      await slow.promise;
      throw failed;
    },
  };
  const events = Array.from({ length: 200 }, (_, index) => updated({ id: `${index}`, acme_version: 1 }));
  let isAnswered = false;
  const applied = applyEvents({ store, mapping, now }, events).finally(() => {
    isAnswered = true;
  });
  const outcome = expect(applied).rejects.toBe(failed);
  await begun.promise;
  // The first slice has failed by now; whoever answered for it alone would have done so within these turns.
  await new Promise(setImmediate);
  expect(isAnswered).toBe(false);
  slow.resolve();
  await outcome;
  expect(commits).toBe(2);
});
