import { readdir } from 'node:fs/promises';
import { type Client, createClient } from '@contact-sync/client';
import { eventually } from '@contact-sync/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Operator, startOperator } from '../src/operator.ts';
import { atOnce, type PrometheusServer, startPrometheus } from '../src/prometheus.ts';
import { readPreamble, readRunbook, type Section, type Step } from '../src/runbook.ts';
import { type System, startSystem } from '../src/system.ts';
import { BRAKE_COUNT, faultsOfAcme } from './faults-of-acme.ts';
import { faultsOfCallers, LOGINS_PER_MINUTE } from './faults-of-callers.ts';
import { faultsOfOutbox } from './faults-of-outbox.ts';
import { faultsOfProcesses } from './faults-of-processes.ts';
import { faultsOfRecords } from './faults-of-records.ts';
import { kafkaOf, type Planted } from './world.ts';

const faults = [
  ...faultsOfProcesses,
  ...faultsOfRecords,
  ...faultsOfOutbox,
  ...faultsOfAcme,
  ...faultsOfCallers,
];

const settings = {
  'gateway-api': { UPSTREAM_TIMEOUT_MS: '1000', LOGIN_LIMIT_PER_MINUTE: String(LOGINS_PER_MINUTE) },
  'auth-service': { LOGIN_FREE_NETWORK_FAILURES: '1000' },
  'contact-service': { WRITE_BACK_LEASE_MS: '1000' },
  'event-worker': {
    ACME_WRITE_BACK_DELETES: 'true',
    ACME_BRAKE_COUNT: String(BRAKE_COUNT),
    APPLY_TIMEOUT_MS: '2000',
  },
};

let system: System;
let api: Client;
let prometheus: PrometheusServer;
let operator: Operator;
let TOKEN: string;

beforeAll(async () => {
  system = await startSystem(settings, { ownBroker: true, bothWays: true });
  api = createClient({ baseUrl: system.gatewayUrl, credentials: system.admin });
  prometheus = await startPrometheus(Object.values(system.opsUrls), atOnce);
  operator = await startOperator(system);
  TOKEN = (await operator.run(`${await readPreamble()}\necho "$TOKEN"`)).trim();
  expect(TOKEN).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
});

afterAll(async () => {
  await operator?.[Symbol.asyncDispose]();
  await prometheus?.[Symbol.asyncDispose]();
  await system?.[Symbol.asyncDispose]();
});

const patience = { timeoutMs: 90_000, intervalMs: 500 };

const finds = async (query: string): Promise<number> => (await prometheus.query(atOnce.hasten(query))).length;

/** Runs it until it shows what the runbook says. */
const take = ({ language, text, shows }: Step, environment: Readonly<Record<string, string>>) =>
  eventually(async () => {
    if (language === 'promql') {
      expect(await finds(text), `${text} finds`).toBeGreaterThan(0);
      return;
    }
    const said = await operator.run(text, { TOKEN, ...environment });
    expect(said.trim(), `${text}\nsaid nothing`).not.toBe('');
    for (const shown of shows) expect(said, text).toContain(shown);
  }, patience);

it('has a fault for every runbook', async () => {
  const files = await readdir(new URL('../../docs/runbooks/', import.meta.url));
  const names = files.map((file) => file.replace('.md', '')).filter((name) => name !== 'README');
  expect(faults.flatMap(({ runbooks }) => runbooks).toSorted()).toEqual(names.toSorted());
});

describe.each(faults)('$name', ({ runbooks, plant, mendsFirst = false }) => {
  let planted: Planted;
  const stepsOf = async (name: string, section: Section) =>
    (await readRunbook(name)).steps.filter((step) => step.section === section);
  const follow = async (name: string, section: Section) => {
    for (const step of await stepsOf(name, section)) await take(step, planted.environment?.[name] ?? {});
  };

  beforeAll(async () => {
    planted = await plant({ system, api, kafka: kafkaOf(system) });
  });

  it.each(runbooks)('raises the alert of %s, and shows where it says to look', async (name) => {
    const { alerts } = await readRunbook(name);
    await eventually(async () => expect(await prometheus.fires(alerts), alerts.join()).toBe(true), patience);
    const [sign] = await stepsOf(name, 'Over');
    expect(await finds(sign?.text ?? ''), 'it is not over').toBeGreaterThan(0);
    await follow(name, 'Look');
  });

  it('is mended, and over when each runbook says so', async () => {
    if (mendsFirst) await planted.heal();
    for (const name of runbooks) await follow(name, 'Do');
    if (!mendsFirst) await planted.heal();
    for (const name of runbooks) {
      for (const { text } of await stepsOf(name, 'Over'))
        await eventually(async () => expect(await finds(text), text).toBe(0), patience);
    }
  });
});
