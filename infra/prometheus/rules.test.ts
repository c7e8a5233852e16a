import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { serviceMetrics } from '../docs/service-metrics.ts';
import { dashboards } from '../grafana/dashboards.ts';
import { toGrafana } from '../grafana/panels.ts';
import { alerts, metricsIn, queries, recorded } from './queries.ts';

const root = new URL('../../', import.meta.url);
const textOf = (path: string) => readFileSync(new URL(path, root), 'utf8');

/** What a scrape makes of a metric, and what Prometheus adds. */
const seriesOf = (name: string, type: string): string[] =>
  type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name];

test('every metric that a rule or a panel names is told by some service, or computed by a rule', async () => {
  const told = [...(await serviceMetrics()).values()].flatMap((metrics) =>
    [...metrics].flatMap(([name, { type }]) => seriesOf(name, type)),
  );
  const known = new Set([...told, ...recorded, 'up']);
  const strange = queries.flatMap(({ where, expr }) =>
    metricsIn(expr)
      .filter((name) => !known.has(name))
      .map((name) => `${where}: ${name}`),
  );
  expect(queries.length).toBeGreaterThan(80);
  expect(strange).toEqual([]);
});

test('the metrics of a query are found', () => {
  expect(
    metricsIn('sum by (a) (rate(x_total{b="c"}[5m])) > 2 unless on () (max(y:ratio_rate1h) > 0)'),
  ).toEqual(['x_total', 'y:ratio_rate1h']);
});

describe('an alert', () => {
  const runbooks = readdirSync(new URL('docs/runbooks/', root)).filter((file) => file !== 'README.md');

  it.each(alerts)(
    '$alert has a runbook that says what it means, where to look, what to do, and when it is over',
    ({ alert, annotations: { runbook_url: path } }) => {
      expect(existsSync(new URL(path, root)), path).toBe(true);
      const text = textOf(path);
      expect(text).toContain(alert);
      for (const heading of ['## What it means', '## Look', '## Do', '## Over'])
        expect(text).toContain(`\n${heading}\n`);
    },
  );

  it('stands behind every runbook', () => {
    const used = new Set(alerts.map(({ annotations }) => annotations.runbook_url));
    expect(runbooks.filter((file) => !used.has(`docs/runbooks/${file}`))).toEqual([]);
  });

  it('is listed among the runbooks', () => {
    for (const { alert } of alerts) expect(textOf('docs/runbooks/README.md')).toContain(alert);
  });
});

describe('a dashboard', () => {
  it.each(dashboards)('$slug is in Grafana what its code says (npm run generate:dashboards)', (dashboard) => {
    expect(JSON.parse(textOf(`infra/grafana/dashboards/${dashboard.slug}.json`))).toEqual(
      toGrafana(dashboard),
    );
  });

  it('stands behind every file', () => {
    expect(readdirSync(new URL('infra/grafana/dashboards/', root)).toSorted()).toEqual(
      dashboards.map(({ slug }) => `${slug}.json`).toSorted(),
    );
  });
});
