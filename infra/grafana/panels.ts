/** What a panel shows: queries of Prometheus, each with how its lines are named. */
export type Panel = {
  readonly title: string;
  readonly unit: 's' | 'percentunit' | 'short' | 'reqps' | 'bytes';
  readonly queries: readonly (readonly [expr: string, legend: string])[];
};

export type Dashboard = { readonly slug: string; readonly title: string; readonly panels: readonly Panel[] };

const datasource = { type: 'prometheus', uid: 'prometheus' };
const WIDTH = 12;
const HEIGHT = 8;

const toPanel = ({ title, unit, queries }: Panel, index: number) => ({
  id: index + 1,
  type: 'timeseries',
  title,
  datasource,
  gridPos: { x: (index % 2) * WIDTH, y: Math.floor(index / 2) * HEIGHT, w: WIDTH, h: HEIGHT },
  fieldConfig: { defaults: { unit, min: 0 }, overrides: [] },
  targets: queries.map(([expr, legendFormat], at) => ({
    refId: String.fromCharCode(65 + at),
    datasource,
    expr,
    legendFormat,
  })),
});

/** A dashboard as Grafana reads it from a file. */
export const toGrafana = ({ slug, title, panels }: Dashboard) => ({
  uid: `contact-sync-${slug}`,
  title: `contact-sync: ${title}`,
  tags: ['contact-sync'],
  schemaVersion: 39,
  editable: false,
  time: { from: 'now-1h', to: 'now' },
  refresh: '15s',
  // Grafana's schema asks for both, though they hold nothing.
  templating: { list: [] },
  annotations: { list: [] },
  panels: panels.map(toPanel),
});
