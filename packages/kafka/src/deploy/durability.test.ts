import { expect, test } from 'vitest';
import { durabilityFaults, durable } from './durability.ts';

test('one copy may be away without a record being lost or refused, where there is more than one', () => {
  expect([1, 2, 3].map((replicas) => durable(replicas)['min.insync.replicas'])).toEqual(['1', '1', '2']);
  for (const replicas of [1, 2, 3])
    expect(durabilityFaults(replicas, replicas, durable(replicas))).toEqual([]);
});

test('fewer copies than declared are told', () => {
  expect(durabilityFaults(2, 3, durable(2))).toEqual([
    'replication 2 kept (declared 3): reassign its partitions',
  ]);
});

test('a topic that demands all its copies in sync is told', () => {
  expect(durabilityFaults(3, 3, { 'min.insync.replicas': '3' })).toEqual([
    'min.insync.replicas 3 of 3 copies: takes nothing while one is away',
  ]);
});
