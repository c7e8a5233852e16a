import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { choosePort } from '@contact-sync/testing/ports.ts';
import { findPrometheus, openRun, startServer } from './launcher.ts';

type Result = {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [number, string];
};

/** A real Prometheus that reads a system's metrics every few seconds, with the shipped rules. */
export type PrometheusServer = {
  /** What an instant query finds. Rejects where it is none that can be computed. */
  readonly query: (expr: string) => Promise<readonly Result[]>;
  /** Whether an instant query finds a number. */
  readonly hasFigures: (expr: string) => Promise<boolean>;
  /** The queries of its rules. */
  readonly rules: () => Promise<readonly string[]>;
  /** The names of the alerts of causes that fire now. */
  readonly firing: () => Promise<readonly string[]>;
  /** Whether one of these alerts fires now. */
  readonly fires: (alerts: readonly string[]) => Promise<boolean>;
  /** Those that have fired since then, in milliseconds since the epoch. */
  readonly firedSince: (startedAt: number) => Promise<readonly string[]>;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
};

const rules = new URL('../../infra/prometheus/rules/', import.meta.url);

/** What users feel of any fault, and of a slow machine, burns budgets; those alerts tell of no cause. */
const FIRING = 'ALERTS{alertstate="firing",class!="slo"}';

/** How soon a Prometheus of a test says what the shipped one says after minutes. */
export type Pace = {
  readonly scrapeSeconds: number;
  /** Rules and queries as shipped, but that they wait, and look back, for less long. */
  readonly hasten: (text: string) => string;
};

/** Waits are seconds, and so are ages and the windows of causes; service levels look back as far as they do. */
export const soon: Pace = {
  scrapeSeconds: 2,
  hasten: (text) =>
    text
      .replaceAll(/for: (1|5|10)m/g, 'for: 4s')
      // How far groups are behind is asked of the brokers each five seconds, and read and judged each two: what a brake has
      // just let go still looks late for as long.
      .replaceAll('for: 2m', 'for: 12s')
      .replaceAll('[15m]', '[10s]')
      .replaceAll(/> (60|300)$/gm, '> 5'),
};

/** Nothing waits, windows are seconds, and so are ages but that of the longest tier. */
export const atOnce: Pace = {
  scrapeSeconds: 2,
  hasten: (text) =>
    text
      .replaceAll(/for: \d+m/g, 'for: 0s')
      .replaceAll(/\[(5|15)m\]/g, '[20s]')
      .replaceAll(/\[(30m|1h|6h)\]/g, '[40s]')
      .replaceAll(/> (60|300)$/gm, '> 5'),
};

const configOf = (targets: readonly string[], { scrapeSeconds }: Pace): string =>
  JSON.stringify({
    global: {
      scrape_interval: `${scrapeSeconds}s`,
      scrape_timeout: `${scrapeSeconds}s`,
      evaluation_interval: '2s',
    },
    rule_files: ['pipeline.yml', 'slo.yml'],
    scrape_configs: [{ job_name: 'contact-sync', static_configs: [{ targets }] }],
  });

const namesIn = (results: readonly Result[]): string[] =>
  [...new Set(results.map(({ metric }) => metric['alertname'] ?? ''))].toSorted();

type DashboardFile = {
  readonly panels: readonly { readonly targets: readonly { readonly expr: string }[] }[];
};

/** The queries of the shipped dashboards, over the last minute. */
export const dashboardQueries = async (): Promise<readonly string[]> => {
  const folder = new URL('../../infra/grafana/dashboards/', import.meta.url);
  const files = await readdir(folder);
  const read = async (file: string) =>
    JSON.parse(await readFile(new URL(file, folder), 'utf8')) as DashboardFile;
  return (await Promise.all(files.map(read))).flatMap(({ panels }) =>
    panels.flatMap(({ targets }) => targets.map(({ expr }) => expr.replaceAll('$__rate_interval', '1m'))),
  );
};

/** Reads the ops ports of these URLs. */
export const startPrometheus = async (
  opsUrls: readonly string[],
  pace: Pace = soon,
): Promise<PrometheusServer> => {
  const { prometheus } = await findPrometheus();
  const run = await openRun();
  const folder = join(run.folder, 'prometheus');
  await mkdir(folder);
  const read = (file: string) => readFile(fileURLToPath(new URL(file, rules)), 'utf8');
  for (const file of ['pipeline.yml', 'slo.yml'])
    await writeFile(join(folder, file), pace.hasten(await read(file)));
  const targets = opsUrls.map((url) => new URL(url).host);
  await writeFile(join(folder, 'prometheus.yml'), configOf(targets, pace));
  const port = await choosePort();
  const url = `http://127.0.0.1:${port}`;
  await startServer(run, {
    name: 'prometheus',
    port,
    command: prometheus,
    parameters: [
      `--config.file=${folder}/prometheus.yml`,
      `--storage.tsdb.path=${folder}/data`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    readyWithinMs: 60_000,
    ready: async () => {
      if (!(await fetch(`${url}/-/ready`)).ok) throw new Error('not ready');
    },
  });
  const query = async (expr: string): Promise<readonly Result[]> => {
    const response = await fetch(`${url}/api/v1/query?${new URLSearchParams({ query: expr })}`);
    const { status, data, error } = (await response.json()) as {
      readonly status: string;
      readonly data?: { readonly result: readonly Result[] };
      readonly error?: string;
    };
    if (status !== 'success') throw new Error(`${expr}: ${error}`);
    return data?.result ?? [];
  };
  return {
    query,
    hasFigures: async (expr) => (await query(expr)).some(({ value: [, figure] }) => figure !== 'NaN'),
    rules: async () => {
      const { data } = (await (await fetch(`${url}/api/v1/rules`)).json()) as {
        readonly data: {
          readonly groups: readonly { readonly rules: readonly { readonly query: string }[] }[];
        };
      };
      return data.groups.flatMap(({ rules: own }) => own.map((rule) => rule.query));
    },
    fires: async (alerts) =>
      (await query(`ALERTS{alertstate="firing",alertname=~"${alerts.join('|')}"}`)).length > 0,
    firing: async () => namesIn(await query(FIRING)),
    firedSince: async (startedAt) => {
      const seconds = Math.max(1, Math.floor((Date.now() - startedAt) / 1_000));
      return namesIn(await query(`max_over_time(${FIRING}[${seconds}s])`));
    },
    [Symbol.asyncDispose]: () => run.close(),
  };
};
