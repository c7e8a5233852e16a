import { expect, it } from 'vitest';
import { producerMetrics } from './kafka-metrics.ts';
import { createMetrics } from './metrics.ts';

it('a producer tells what waits in it, whether it is connected, and how its requests end', async () => {
  const metrics = createMetrics('test');
  const { onBatch, watch } = producerMetrics(metrics, 'events');
  watch({ healthy: () => true, pending: () => ({ records: 3, bytes: 2_000 }) });
  onBatch({ records: 5, durationMs: 20, failed: false });
  onBatch({ records: 2, durationMs: 20, failed: true });
  const text = await metrics.registry.metrics();
  const figureOf = (name: string, outcome?: string) =>
    text
      .split('\n')
      .find(
        (line) =>
          line.startsWith(`${name}{`) && line.includes(`outcome="${outcome}"`) === (outcome !== undefined),
      )
      ?.split(' ')
      .at(-1);
  expect(figureOf('kafka_producer_queue_records')).toBe('3');
  expect(figureOf('kafka_producer_queue_bytes')).toBe('2000');
  expect(figureOf('kafka_producer_connected')).toBe('1');
  expect(figureOf('kafka_producer_records_total', 'acked')).toBe('5');
  expect(figureOf('kafka_producer_records_total', 'failed')).toBe('2');
});
