import { eventually } from '@contact-sync/testing';
import { expect, test } from 'vitest';
import { createGroups } from './groups.ts';

/** A run ends when the test says so, with each item's own result. */
const createRuns = (largest = 10) => {
  const runs: { readonly items: readonly string[]; readonly end: (error?: Error) => void }[] = [];
  const add = createGroups<string, string>({
    largest,
    run: async (id, members) => {
      const ended = Promise.withResolvers<void>();
      const end = (error?: Error) => (error ? ended.reject(error) : ended.resolve());
      runs.push({ items: members.map(({ item }) => item), end });
      await ended.promise;
      for (const { item, resolve } of members) resolve(`${id}:${item}`);
    },
  });
  return { runs, add, items: () => runs.map(({ items }) => items.join('')) };
};

test('what comes while work on its id is under way is done together afterwards, in its order, each with its own result', async () => {
  const { runs, add, items } = createRuns();
  const results = ['a', 'b', 'c'].map((item) => add('one', item));
  expect(items()).toEqual(['a']);
  runs[0]?.end();
  await eventually(() => expect(items()).toEqual(['a', 'bc']));
  runs[1]?.end();
  expect(await Promise.all(results)).toEqual(['one:a', 'one:b', 'one:c']);
});

test('another id does not wait', () => {
  const { add, items } = createRuns();
  void add('one', 'a');
  void add('two', 'b');
  expect(items()).toEqual(['a', 'b']);
});

test('no group is larger than the largest', async () => {
  const { runs, add, items } = createRuns(2);
  const results = ['a', 'b', 'c', 'd'].map((item) => add('one', item));
  for (let run = 0; run < 3; run += 1) {
    await eventually(() => expect(runs.length).toBe(run + 1));
    runs[run]?.end();
  }
  await Promise.all(results);
  expect(items()).toEqual(['a', 'bc', 'd']);
});

test('a failure befalls what waited for it, and nothing that comes later', async () => {
  const { runs, add } = createRuns();
  const failed = Promise.allSettled([add('one', 'a'), add('one', 'b')]);
  runs[0]?.end(new Error('away'));
  expect(await failed).toEqual(['a', 'b'].map(() => ({ status: 'rejected', reason: new Error('away') })));
  const later = add('one', 'c');
  runs[1]?.end();
  expect(await later).toBe('one:c');
});
