import { createMetrics } from '@contact-sync/service-kit';
import { expect, test } from 'vitest';
import { createLetterMetrics } from './letter-metrics.ts';

test('letters are told while this copy keeps the index, and by no other', async () => {
  const metrics = createMetrics('event-worker');
  const tell = createLetterMetrics(metrics);
  const lines = async () =>
    (await metrics.registry.metrics())
      .split('\n')
      .filter((line) => line.startsWith('contact_sync_letters{'))
      .map((line) => line.replace(',service="event-worker"', ''));
  tell({ letters: 9, open: 4, dropped: 2 });
  expect(await lines()).toEqual([
    'contact_sync_letters{state="open"} 4',
    'contact_sync_letters{state="closed"} 5',
    'contact_sync_letters{state="dropped"} 2',
  ]);
  tell(undefined);
  expect(await lines()).toEqual([]);
});
