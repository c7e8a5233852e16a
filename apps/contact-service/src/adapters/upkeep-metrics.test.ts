import { createMetrics } from '@contact-sync/service-kit';
import { expect, it, vi } from 'vitest';
import { createAnswerMetrics } from './answer-metrics.ts';
import { createSweepMetrics } from './sweep-metrics.ts';

const figureOf = async ({ registry }: ReturnType<typeof createMetrics>, name: string) =>
  new RegExp(`^${name}\\{[^}]*\\} (.*)$`, 'm').exec(await registry.metrics())?.[1];

it('answers that are stored for repeats are counted with their length, and those that went before their day', async () => {
  const metrics = createMetrics('contact-service');
  const observer = createAnswerMetrics(metrics);
  observer.kept(2, 300);
  observer.dropped(1);
  expect(await figureOf(metrics, 'idempotency_answers_total')).toBe('2');
  expect(await figureOf(metrics, 'idempotency_answer_bytes_total')).toBe('300');
  expect(await figureOf(metrics, 'idempotency_answers_dropped_total')).toBe('1');
});

it('rounds of the sweeper are counted by what they left and by failing, and logged once a row', async () => {
  const metrics = createMetrics('contact-service');
  const warn = vi.fn();
  const observer = createSweepMetrics(metrics, { warn } as never);
  for (let round = 1; round <= 3; round += 1) observer.failed(new Error('away'));
  observer.swept({ swept: 4, oldestAgeMs: 5_000 });
  expect(await figureOf(metrics, 'tombstone_sweep_failures_total')).toBe('3');
  expect(await figureOf(metrics, 'tombstones_swept_total')).toBe('4');
  expect(await figureOf(metrics, 'tombstone_oldest_age_seconds')).toBe('5');
  expect(warn).toHaveBeenCalledTimes(1);
});
