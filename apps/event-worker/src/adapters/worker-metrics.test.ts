import { createMetrics } from '@contact-sync/service-kit';
import { describe, expect, it } from 'vitest';
import { createWorkerMetrics } from './worker-metrics.ts';

const setUp = () => {
  const metrics = createMetrics('event-worker');
  const hooks = createWorkerMetrics(metrics);
  const lines = async (name: string) =>
    (await metrics.registry.metrics())
      .split('\n')
      .filter((line) => line.startsWith(`${name}{`))
      .map((line) => line.replace(',service="event-worker"', ''));
  return { hooks, lines };
};

const position = { topic: 'a', partition: 0, offset: '1', timestamp: 0 };

describe('the metrics of the worker', () => {
  it('tell how long applied events took from their receipt, those that were brought back aside', async () => {
    const { hooks, lines } = setUp();
    const applied = {
      ...{ position, origin: position, key: null, headers: {}, attempt: 1 },
      at: Date.parse('2026-01-01T00:00:02.000Z'),
      value: { receivedAt: '2026-01-01T00:00:00.000Z' },
      route: { kind: 'done', fate: 'applied' },
    } as const;
    hooks.onSettled?.([
      applied,
      { ...applied, replay: { id: 'r', count: 1 } },
      { ...applied, route: { kind: 'done', fate: 'duplicate' } },
    ]);
    expect(await lines('contact_sync_time_to_visible_seconds_count')).toEqual([expect.stringMatching(/ 1$/)]);
    expect(await lines('contact_sync_time_to_visible_seconds_sum')).toEqual([expect.stringMatching(/ 2$/)]);
  });

  it('tell lag of the partitions that this member has, and of none that moved away', async () => {
    const { hooks, lines } = setUp();
    hooks.onAssigned?.({ groupId: 'g', assignment: { a: [0, 1], b: [0] } });
    hooks.onAssigned?.({ groupId: 'tiers', assignment: { c: [0] } });
    for (const [topic, partition] of [
      ['a', 0],
      ['a', 1],
      ['b', 0],
      ['c', 0],
    ] as const) {
      hooks.onLag?.({ topic, partition, lag: 7 });
    }
    hooks.onAssigned?.({ groupId: 'g', assignment: { a: [1] } });
    // Told by a batch that was still under way when its partition moved.
    hooks.onLag?.({ topic: 'b', partition: 0, lag: 3 });
    expect(await lines('contact_sync_lag_records')).toEqual([
      'contact_sync_lag_records{topic="a",partition="1"} 7',
      'contact_sync_lag_records{topic="c",partition="0"} 7',
    ]);
    for (const groupId of ['g', 'tiers']) hooks.onAssigned?.({ groupId, assignment: {} });
    expect(await lines('contact_sync_lag_records')).toEqual([]);
  });

  it('count each event by its end, from 0 on, and retries beside them', async () => {
    const { hooks, lines } = setUp();
    const fates = () => lines('contact_sync_events_total');
    expect(await fates()).toEqual([
      'contact_sync_events_total{fate="applied"} 0',
      'contact_sync_events_total{fate="unchanged"} 0',
      'contact_sync_events_total{fate="superseded"} 0',
      'contact_sync_events_total{fate="duplicate"} 0',
      'contact_sync_events_total{fate="dead_letter"} 0',
    ]);
    const failure = { stage: 'decode', code: 'UNDECODABLE', fingerprint: 'f' } as const;
    hooks.onSettled?.(
      [
        { kind: 'done', fate: 'applied' } as const,
        { kind: 'letter', topic: 'a.dlt', failure } as const,
        { kind: 'tier', topic: 'a.retry', dueAt: 1, failure } as const,
      ].map((route) => ({ position, origin: position, key: null, headers: {}, attempt: 1, at: 0, route })),
    );
    expect(await fates()).toEqual(
      expect.arrayContaining([
        'contact_sync_events_total{fate="applied"} 1',
        'contact_sync_events_total{fate="dead_letter"} 1',
      ]),
    );
    expect(await lines('contact_sync_retries_total')).toContain(
      'contact_sync_retries_total{tier="a.retry"} 1',
    );
    expect(await lines('contact_sync_dead_letters_total')).toContain(
      'contact_sync_dead_letters_total{stage="decode"} 1',
    );
  });
});
