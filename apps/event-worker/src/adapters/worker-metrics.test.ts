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

const origin = { topic: 'a', partition: 0, offset: '1', timestamp: 0 };

describe('the metrics of the worker', () => {
  it('tell lag of the partitions that this member has, and of none that moved away', async () => {
    const { hooks, lines } = setUp();
    hooks.onAssigned?.({ a: [0, 1], b: [0] });
    for (const [topic, partition] of [
      ['a', 0],
      ['a', 1],
      ['b', 0],
    ] as const) {
      hooks.onLag?.({ topic, partition, lag: 7 });
    }
    hooks.onAssigned?.({ a: [1] });
    // Told by a batch that was still under way when its partition moved.
    hooks.onLag?.({ topic: 'b', partition: 0, lag: 3 });
    expect(await lines('contact_sync_lag_records')).toEqual([
      'contact_sync_lag_records{topic="a",partition="1"} 7',
    ]);
    hooks.onAssigned?.({});
    expect(await lines('contact_sync_lag_records')).toEqual([]);
  });

  it('count each event by its end', async () => {
    const { hooks, lines } = setUp();
    hooks.onSettled?.({ origin, outcome: { kind: 'done', fate: 'applied' } });
    hooks.onSettled?.({ origin, outcome: { kind: 'deadLetter', stage: 'decode', code: 'UNDECODABLE' } });
    expect(await lines('contact_sync_events_total')).toEqual([
      'contact_sync_events_total{fate="applied"} 1',
      'contact_sync_events_total{fate="dead_letter"} 1',
    ]);
  });
});
