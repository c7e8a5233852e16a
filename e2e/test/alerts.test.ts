import { type Client, createClient } from '@contact-sync/client';
import { createCodec, createKafkaClient, createProducer, createRegistry } from '@contact-sync/kafka';
import { acmeContact, acmeEvent, eventually } from '@contact-sync/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { playRun } from '../scenarios/play.ts';
import { postWebhook } from '../src/acme.ts';
import { holdPartitions } from '../src/hold-partitions.ts';
import { dashboardQueries, type PrometheusServer, startPrometheus } from '../src/prometheus.ts';
import { commandsOf, runCommand } from '../src/runbook.ts';
import { type System, startSystem } from '../src/system.ts';

let system: System;
let api: Client;
let prometheus: PrometheusServer;

beforeAll(async () => {
  system = await startSystem({}, { ownBroker: true });
  api = createClient({ baseUrl: system.gatewayUrl, credentials: system.admin });
  prometheus = await startPrometheus(Object.values(system.opsUrls));
});

afterAll(async () => {
  await prometheus?.[Symbol.asyncDispose]();
  await system?.[Symbol.asyncDispose]();
});

const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
const kafkaClient = () =>
  createKafkaClient({ brokers: [system.kafkaBrokers], clientId: 'alerts-test', logger: silent });

/** An event each of so many contacts, so that every partition has some. */
const deliver = async (count: number, name: string) => {
  const events = Array.from({ length: count }, (_, index) =>
    acmeEvent(acmeContact(index + 1, { id: `acme-${name}-${index}`, acme_version: 1 })),
  );
  const body = JSON.stringify(events);
  expect((await postWebhook(system.ingestUrl, { secret: system.acmeSecret, body })).status).toBe(202);
};

const fires = (alert: string) =>
  eventually(async () => expect(await prometheus.firing()).toContain(alert), { timeoutMs: 150_000 });
const isQuiet = () =>
  eventually(async () => expect(await prometheus.firing()).toEqual([]), { timeoutMs: 150_000 });

const accessToken = async (): Promise<string> => {
  const response = await fetch(`${system.gatewayUrl}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(system.admin),
  });
  return ((await response.json()) as { readonly accessToken: string }).accessToken;
};

/** Gauges that are there once something is known. */
const toldLater = ['outbox_oldest_age_seconds', 'kafka_consumer_group_oldest_age_seconds', 'version_gaps'];

describe('a system that the simulator plays on', () => {
  it('tells every metric that rules and dashboards name, and no alert fires', async () => {
    const startedAt = Date.now();
    const { lost, doubled } = await playRun(api, {
      scenarios: [{ name: 'steady' }, { name: 'duplicates' }],
      count: 10,
      ratePerSecond: 10,
      seed: 1,
    });
    expect({ lost, doubled }).toEqual({ lost: [], doubled: [] });
    await eventually(
      async () => expect(await prometheus.query('sum(contact_sync_events_total) > 0')).toHaveLength(1),
      {
        timeoutMs: 60_000,
      },
    );
    const queries = [...(await prometheus.rules()), ...(await dashboardQueries())];
    expect(queries.length).toBeGreaterThan(80);
    for (const expr of queries) await prometheus.query(expr);
    await eventually(
      async () => {
        const named = await prometheus.query('count by (__name__) ({job="contact-sync"})');
        const names = named.map(({ metric }) => metric['__name__']);
        expect(names).toEqual(expect.arrayContaining(toldLater));
      },
      { timeoutMs: 60_000 },
    );
    expect(await prometheus.firedSince(startedAt)).toEqual([]);
  });
});

describe('a planted fault raises the alert that is meant for it, and no other', () => {
  it('a partition that a member holds and does not work off: PartitionStopped', async () => {
    const startedAt = Date.now();
    const holder = await holdPartitions(kafkaClient(), system.registryUrl);
    await deliver(60, 'held');
    await fires('PartitionStopped');
    for (const command of await commandsOf('partition-stopped')) await runCommand(system, command, {});
    await holder.stop();
    await isQuiet();
    expect(await prometheus.firedSince(startedAt)).toEqual(['PartitionStopped']);
  });

  it('a flood of poison: ConsumerBraked', async () => {
    const startedAt = Date.now();
    const client = kafkaClient();
    const codec = createCodec({ registry: createRegistry({ url: system.registryUrl }) });
    const producer = createProducer({ client, codec, contracts: [], logger: silent });
    await producer.connect();
    const poison = { topic: 'acme.contact.updated.v1', value: Buffer.from('no Avro'), headers: {} };
    await Promise.all(
      Array.from({ length: 120 }, (_, index) => producer.sendRaw({ ...poison, key: `poison-${index}` })),
    );
    await producer.close();
    await fires('ConsumerBraked');
    const { body } = await api.listDeadLetterGroups({ query: {} });
    const FINGERPRINT = body.groups[0]?.fingerprint ?? '';
    const environment = { TOKEN: await accessToken() };
    for (const command of await commandsOf('consumer-braked'))
      await runCommand(system, command.replaceAll('FINGERPRINT', FINGERPRINT), environment);
    await isQuiet();
    expect(await prometheus.firedSince(startedAt)).toEqual(['ConsumerBraked']);
  });

  it('a broker that is down: KafkaUnreachable', async () => {
    const startedAt = Date.now();
    await system.broker?.kill('SIGKILL');
    await fires('KafkaUnreachable');
    const [look = '', metrics = ''] = await commandsOf('kafka-unreachable');
    expect(await runCommand(system, look, {})).toContain('"kafka":{"ok":false');
    expect(await runCommand(system, metrics, {})).toMatch(
      /kafka_producer_connected\{[^}]*producer="events"[^}]*\} 0/,
    );
    await system.broker?.restart();
    await isQuiet();
    expect(await prometheus.firedSince(startedAt)).toEqual(['KafkaUnreachable']);
  });
});
