import { expect, test } from 'vitest';
import { type Fact, withFact } from './facts.ts';
import { type Decision, type Entry, type Letter, stateOf } from './letter.ts';

const place = (offset: string) => ({ topic: 'a.dlt', partition: 0, offset });

const letter = (offset: string, at: number, replays = 0): Fact => ({
  kind: 'letter',
  letter: {
    id: 'a-0-1',
    kind: 'dead-letter',
    origin: { topic: 'a', partition: 0, offset: '1', timestamp: 0 },
    place: place(offset),
    at,
    stage: 'apply',
    code: 'MAPPING_FAILED',
    fingerprint: 'f',
    attempts: 1,
    replays,
  } satisfies Letter,
});

const decision = (kind: Decision['kind'], offset: string, at: number, replays?: number): Fact => ({
  kind: 'decision',
  id: 'a-0-1',
  decision: {
    kind,
    at,
    by: 'admin',
    reason: 'why',
    place: place(offset),
    ...(replays !== undefined && { replays }),
  },
});

const permutations = <Item>(items: readonly Item[]): Item[][] =>
  items.length < 2
    ? [[...items]]
    : items.flatMap((item, index) => permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]));

const entryOf = (facts: readonly Fact[]): Entry | undefined =>
  facts.reduce<Entry | undefined>((entry, fact) => withFact(entry, fact), undefined);

const stateAfter = (facts: readonly Fact[]) => {
  const entry = entryOf(facts);
  return entry?.letter === undefined ? undefined : stateOf({ ...entry, letter: entry.letter });
};

test.each([
  ['a replay that worked', [letter('1', 1), decision('replayed', '1', 2)], 'replayed'],
  ['a replay that came back', [letter('1', 1), decision('replayed', '1', 2), letter('2', 3, 1)], 'open'],
  [
    'one that came back three times',
    [letter('1', 1), decision('replayed', '1', 2), letter('2', 3, 3)],
    'parked',
  ],
  [
    'a discard',
    [letter('1', 1), decision('replayed', '1', 2), letter('2', 3, 1), decision('discarded', '2', 4)],
    'discarded',
  ],
  ['a delivery refused again', [letter('1', 1), decision('returned', '1', 2, 1)], 'open'],
  [
    'one refused three times',
    [letter('1', 1), decision('returned', '1', 2, 2), decision('returned', '1', 3, 3)],
    'parked',
  ],
  [
    'an erasure',
    [letter('1', 1), decision('erased', '1', 2), letter('2', 3), decision('discarded', '2', 4)],
    undefined,
  ],
] as const)('%s is the same in whatever order and however often its records are read', (_, facts, state) => {
  const expected = entryOf(facts);
  for (const order of permutations(facts)) {
    expect(entryOf(order)).toEqual(expected);
    expect(entryOf([...order, ...order])).toEqual(expected);
    expect(stateAfter(order)).toBe(state);
  }
});
