import { fileURLToPath } from 'node:url';
import { SERVICE_NAMES } from '@contact-sync/launcher/service-plan.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import { run } from '../src/command.ts';

const chart = (name: string) => fileURLToPath(new URL(`../../infra/helm/${name}`, import.meta.url));

/** Whether the cluster has these kinds; operator-kinds.sh gives them to it. */
const isServed = async (kind: string): Promise<boolean> =>
  (await run('kubectl', ['get', 'crd', kind, '--ignore-not-found', '-o', 'name'])) !== '';

/** What the API server says to the chart's objects; nothing is made of them. */
const dryRun = async (name: string, values: readonly string[]): Promise<string> => {
  const objects = await run('helm', ['template', name, chart(name), ...values]);
  const asked = [
    '-n',
    'default',
    'apply',
    '--server-side',
    '--force-conflicts',
    '--dry-run=server',
    '-f',
    '-',
  ];
  return run('kubectl', asked, { input: objects });
};

beforeAll(async () => {
  for (const name of SERVICE_NAMES) await run('helm', ['dependency', 'build', '--skip-refresh', chart(name)]);
});

describe.runIf(await isServed('servicemonitors.monitoring.coreos.com'))('prometheus-operator takes', () => {
  test.each(SERVICE_NAMES)('the ServiceMonitor and the PrometheusRule of %s', async (name) => {
    const output = await dryRun(name, ['--set', 'monitoring.enabled=true']);
    expect(output).toContain(`servicemonitor.monitoring.coreos.com/${name} `);
    expect(output).toContain(`prometheusrule.monitoring.coreos.com/${name} `);
  });
});

describe.runIf(await isServed('scaledobjects.keda.sh'))('KEDA takes', () => {
  test('the ScaledObject of event-worker', async () => {
    const values = ['keda.enabled=true', 'keda.brokers=kafka:9092', 'keda.authenticationRef=kafka-login'];
    const output = await dryRun('event-worker', ['--set', values.join(',')]);
    expect(output).toContain('scaledobject.keda.sh/event-worker ');
  });
});
