import { expect, test } from 'vitest';
import { parseFates } from './fates.ts';

const none = { applied: 0, unchanged: 0, superseded: 0, duplicate: 0, dead_letter: 0 };

test('reads each fate whatever other labels stand beside it', () => {
  const text = [
    '# HELP contact_sync_events_total Events by what became of them',
    '# TYPE contact_sync_events_total counter',
    'contact_sync_events_total{fate="applied",service="event-worker"} 512',
    'contact_sync_events_total{service="event-worker",fate="dead_letter"} 2',
    'contact_sync_lag_records{topic="t",partition="0"} 7',
  ].join('\n');
  expect(parseFates(text)).toEqual({ ...none, applied: 512, dead_letter: 2 });
});

test('takes a fate that was never counted as 0 and adds up series of one fate', () => {
  const text =
    'contact_sync_events_total{fate="applied",topic="a"} 1\ncontact_sync_events_total{fate="applied",topic="b"} 2';
  expect(parseFates(text)).toEqual({ ...none, applied: 3 });
  expect(parseFates('')).toEqual(none);
});

test('does not count a retry as an end', () => {
  expect(parseFates('contact_sync_events_total{fate="retry"} 9')).toEqual(none);
});
