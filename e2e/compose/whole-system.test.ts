import { type Client, createClient } from '@contact-sync/client';
import { playRun } from '@contact-sync/launcher/demo/simulator-run.ts';
import { eventually } from '@contact-sync/launcher/run/eventually.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from '../src/command.ts';
import { type Compose, createCompose } from './compose.ts';

/** Ends the engine and starts it again; containers that were not stopped by hand come back with it. */
const RESTART_ENGINE = process.env['RESTART_ENGINE'] ?? 'systemctl restart docker';
/** A project that runs already, which is used and left; else one is made for this run alone. */
const RUNNING = process.env['COMPOSE_RUNNING_PROJECT'];
const HEALTHY_WITHIN_MS = 240_000;
const JOBS = ['deploy', 'secrets'];
const SERVICE_TARGETS = [
  'gateway-api:3100',
  'auth-service:3101',
  'contact-service:3102',
  'webhook-ingest:3103',
  'event-worker:3104',
  'webhook-simulator:3105',
];
type Target = { readonly labels: { readonly instance: string }; readonly health: string };
type Rule = { readonly name: string; readonly health: string };

let compose: Compose;

beforeAll(async () => {
  compose = await createCompose(RUNNING ?? `contact-sync-test-${process.pid}`);
  if (RUNNING === undefined) await compose.up();
});
afterAll(async () => {
  if (RUNNING === undefined) await compose?.remove();
});

/** A port that is published anew after each start, and the administrator's login. */
const login = async (): Promise<Client> => {
  const password = await compose.command('exec', '-T', 'auth-service', 'cat', '/run/secrets/admin-password');
  const baseUrl = await compose.url('gateway-api', 3_000);
  return createClient({ baseUrl, credentials: { email: 'admin@example.com', password } });
};

const contactsOf = async (api: Client): Promise<unknown[]> => {
  const contacts: { readonly id: string }[] = [];
  for await (const contact of api.each.listContacts({ query: { limit: 100, includeDeleted: true } }))
    contacts.push(contact);
  return contacts.toSorted((one, other) => one.id.localeCompare(other.id));
};

const allHealthy = () =>
  eventually(
    async () => {
      const states = await compose.states();
      const bad = states.filter(({ service, health }) => !JOBS.includes(service) && health !== 'healthy');
      expect(bad.map(({ service, health }) => `${service}: ${health}`)).toEqual([]);
    },
    { withinMs: HEALTHY_WITHIN_MS, everyMs: 500 },
  );

const startedAt = async (name: string) =>
  (await compose.states()).find(({ service }) => service === name)?.startedAt;

test('every container is healthy, has done its job, and runs confined', async () => {
  const states = await compose.states();
  expect(states.filter(({ service }) => JOBS.includes(service)).map(({ exitCode }) => exitCode)).toEqual([
    0, 0,
  ]);
  await allHealthy();
  const format = '{{.HostConfig.ReadonlyRootfs}} {{.HostConfig.CapDrop}} {{gt .HostConfig.Memory 0}}';
  const confined = await run('docker', ['inspect', '--format', format, ...states.map(({ id }) => id)]);
  expect(new Set(confined.trim().split('\n'))).toEqual(new Set(['true [ALL] true']));
});

test('the demo’s traffic has the right verdict', async () => {
  const verdict = await playRun(await login(), () => undefined);
  expect(verdict).toMatchObject({ ok: true, lost: [], doubled: [], unexpected: [], unverified: [] });
});

test('Prometheus reads every service and has the shipped rules', async () => {
  await compose.up('prometheus');
  const api = `${await compose.url('prometheus', 9_090)}/api/v1`;
  const data = async <Data>(path: string) =>
    ((await (await fetch(`${api}/${path}`)).json()) as { readonly data: Data }).data;
  await eventually(
    async () => {
      const { activeTargets } = await data<{ readonly activeTargets: readonly Target[] }>(
        'targets?state=active',
      );
      const read = activeTargets.map(({ labels, health }) => [labels.instance, health] as const);
      expect(new Map(read)).toEqual(new Map(SERVICE_TARGETS.map((target) => [target, 'up'])));
    },
    { withinMs: HEALTHY_WITHIN_MS, everyMs: 500 },
  );
  const { groups } = await data<{ readonly groups: readonly { readonly rules: readonly Rule[] }[] }>('rules');
  const rules = groups.flatMap((group) => group.rules);
  expect(rules.filter(({ health }) => health === 'err')).toEqual([]);
  expect(rules.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['ServiceDown', 'AcceptLatencyBudgetBurns']),
  );
  await compose.command('rm', '--stop', '--force', 'prometheus');
});

test.each([
  'redis',
  'kafka',
  'registry',
  'auth-service',
  'contact-service',
  'webhook-ingest',
  'event-worker',
  'gateway-api',
  'webhook-simulator',
])('%s comes back from a crash, and so does all that needs it, with the same contacts', async (service) => {
  const before = await contactsOf(await login());
  const first = await startedAt(service);
  await compose.crash(service);
  await eventually(async () => expect(await startedAt(service)).not.toBe(first), {
    withinMs: HEALTHY_WITHIN_MS,
  });
  await allHealthy();
  expect(before.length).toBeGreaterThan(50);
  expect(await contactsOf(await login())).toEqual(before);
});

test('after a restart of the engine all are healthy by themselves, with the same contacts', async () => {
  const before = await contactsOf(await login());
  await run('sh', ['-c', RESTART_ENGINE]);
  await allHealthy();
  expect(await contactsOf(await login())).toEqual(before);
  const verdict = await playRun(await login(), () => undefined);
  expect(verdict).toMatchObject({ ok: true, lost: [], doubled: [] });
});
