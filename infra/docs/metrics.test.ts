import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it, test } from 'vitest';
import { metricsDocument } from './metrics-document.ts';
import { type MetricFacts, serviceMetrics } from './service-metrics.ts';

test('docs/metrics.md is what npm run generate:metrics writes', async () => {
  expect(readFileSync(new URL('../../docs/metrics.md', import.meta.url), 'utf8')).toBe(
    await metricsDocument(),
  );
});

describe('what services tell before anything has happened', () => {
  let metrics: { readonly service: string; readonly name: string; readonly facts: MetricFacts }[];

  beforeAll(async () => {
    metrics = [...(await serviceMetrics())].flatMap(([service, told]) =>
      [...told].map(([name, facts]) => ({ service, name, facts })),
    );
  });

  /** Without Node's own. */
  const ours = () => metrics.filter(({ name }) => !/^(process|nodejs)_/.test(name));
  const counting = () => ours().filter(({ facts: { type } }) => type === 'counter' || type === 'histogram');

  it('is every counter and every histogram, so that a rate over its first event is right', () => {
    expect(counting().length).toBeGreaterThan(60);
    expect(counting().filter(({ facts }) => facts.series.length === 0)).toEqual([]);
  });

  it('has names and units by the conventions of Prometheus', () => {
    for (const { name, facts } of ours()) {
      expect(name).toMatch(/^[a-z][a-z0-9_]*$/);
      expect(facts.help, name).toMatch(/\w/);
      if (facts.type === 'counter') expect(name).toMatch(/_total$/);
      else expect(name).not.toMatch(/_total$/);
      expect(name).not.toMatch(/_(ms|milliseconds|minutes|kb|kilobytes)$/);
    }
  });
});
