import { expect, test } from 'vitest';
import { metricIn } from './metric.ts';

const text = `# HELP events_total Events
# TYPE events_total counter
events_total{fate="applied",service="event-worker"} 12
events_total{fate="applied_twice",service="event-worker"} 5
events_total{fate="duplicate",service="event-worker"} 3
outbox_entries 7
`;

test('samples with the labels are summed, whatever else they have', () => {
  expect(metricIn(text, 'events_total', { fate: 'applied' })).toBe(12);
  expect(metricIn(text, 'events_total')).toBe(20);
  expect(metricIn(text, 'outbox_entries')).toBe(7);
});

test('a metric that is not there is no zero', () => {
  expect(() => metricIn(text, 'events', { fate: 'applied' })).toThrow('there is no metric events');
  expect(() => metricIn(text, 'events_total', { fate: 'superseded' })).toThrow('fate="superseded"');
});
