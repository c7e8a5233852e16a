import { createMetrics } from '@contact-sync/service-kit';
import { describe, expect, it } from 'vitest';
import { createRefusals } from './refusals.ts';

const setUp = () => {
  const state = { now: 0 };
  const lines: object[] = [];
  const metrics = createMetrics('test');
  const logger = { warn: (details: object) => void lines.push(details) };
  const refused = createRefusals(metrics, logger, () => state.now);
  return { state, lines, refused, text: () => metrics.registry.metrics() };
};

describe('createRefusals', () => {
  it('counts each refusal and names each caller once a minute', async () => {
    const { state, lines, refused, text } = setUp();
    for (let time = 0; time < 5; time += 1) {
      refused('calls', 'user ada');
      refused('login', 'login 203.0.113.7');
    }
    expect(lines).toEqual([
      { bucket: 'calls', key: 'user ada' },
      { bucket: 'login', key: 'login 203.0.113.7' },
    ]);
    state.now = 60_000;
    refused('calls', 'user ada');
    expect(lines.length).toBe(3);
    expect(await text()).toContain('rate_limit_refusals_total{bucket="calls",service="test"} 6');
    expect(await text()).toContain('rate_limit_refusals_total{bucket="login",service="test"} 5');
  });

  it('names no more than a thousand in a minute, so that an attack from everywhere fills no log', () => {
    const { lines, refused } = setUp();
    for (let caller = 0; caller < 5_000; caller += 1) refused('calls', `address 2001:db8:${caller}::/64`);
    expect(lines.length).toBe(1_000);
  });
});
