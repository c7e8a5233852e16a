import { type MetricFacts, type ServiceMetrics, serviceMetrics } from './service-metrics.ts';
import { markdownTable } from './table.ts';

const INTRODUCTION = `# Metrics

Each service tells these at \`/metrics\` of its ops port, in Prometheus' text format, with the label \`service\` beside those
named here. Names and units are Prometheus' own conventions: seconds and bytes, \`_total\` for what only rises. Every counter
and histogram stands at 0 from the start for each value of its labels that can be known then, so \`rate()\` sees the first
event too; what is told of something that has gone (a partition that moved, a lease that another copy has) goes with it.
Routes are templates, never URLs, and no label holds an id, a token or anything of a contact.

Beside these each tells what Node and the process take: \`process_*\` (CPU, memory, open files) and \`nodejs_*\` (event loop,
heap, garbage collection). Log-ins, tokens and permissions that are refused are \`http_problems_total\` by their codes.
That each metric moves under its cause is a test (\`npm run e2e:runbooks\`, and \`e2e/runbooks/told-metrics.ts\` names the others). What to look at first stands in [slo.md](slo.md), what to do in [runbooks](runbooks/README.md).

Made by \`npm run generate:metrics\` from what the services tell at their start.
`;

type Row = MetricFacts & { readonly name: string; readonly services: readonly string[] };

/** Node's own, which prom-client documents. */
const isOurs = (name: string): boolean => !/^(process|nodejs)_/.test(name);

const rowsOf = (told: ReadonlyMap<string, ServiceMetrics>): Row[] => {
  const rows = new Map<string, Row>();
  for (const [service, metrics] of told) {
    for (const [name, facts] of metrics) {
      const { services = [] } = rows.get(name) ?? {};
      if (isOurs(name)) rows.set(name, { ...facts, name, services: [...services, service] });
    }
  }
  return [...rows.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
};

const toldBy = (services: readonly string[], all: number): string =>
  services.length === all ? 'all' : services.join(', ');

/** docs/metrics.md: one line a metric. */
export const metricsDocument = async (): Promise<string> => {
  const told = await serviceMetrics();
  const lines = rowsOf(told).map(({ name, type, labels, help, services }) => [
    `\`${name}\``,
    type,
    labels.map((label) => `\`${label}\``).join(', '),
    help,
    toldBy(services, told.size),
  ]);
  return `${INTRODUCTION}\n${markdownTable([['metric', 'type', 'labels', 'what it tells', 'told by'], ...lines])}\n`;
};
