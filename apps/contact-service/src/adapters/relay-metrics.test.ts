import { createLogger, createMetrics } from '@contact-sync/service-kit';
import { expect, it } from 'vitest';
import { createRelayMetrics } from './relay-metrics.ts';

const setUp = () => {
  const metrics = createMetrics('contact-service');
  const observer = createRelayMetrics(metrics, createLogger({ service: 'test', level: 'silent' }));
  const told = async () =>
    (await metrics.registry.metrics())
      .split('\n')
      .filter((line) => /^outbox_(entries|oldest|refused_contacts)/.test(line))
      .map((line) => line.replace(/\{.*\}/, ''));
  return { observer, told };
};

it('tells how much waits and for how long, which goes on while nobody looks', async () => {
  const { observer, told } = setUp();
  observer.waiting(3, Date.now() - 60_000);
  observer.held(1);
  expect(await told()).toEqual([
    'outbox_entries 3',
    expect.stringMatching(/^outbox_oldest_age_seconds 6\d(\.\d+)?$/),
    'outbox_refused_contacts 1',
  ]);
  observer.waiting(0, null);
  expect(await told()).toContain('outbox_oldest_age_seconds 0');
});

it('tells nothing of the outbox while another copy relays', async () => {
  const { observer, told } = setUp();
  observer.waiting(3, Date.now());
  observer.held(1);
  observer.standsBy();
  expect(await told()).toEqual([]);
});
