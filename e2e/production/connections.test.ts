import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Client, createClient } from '@contact-sync/client';
import { eventually } from '@contact-sync/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { playRun } from '../scenarios/play.ts';
import { askRedis, randomSecret, SERVICE_NAMES, type ServiceName } from '../src/launcher.ts';
import { runOps } from '../src/ops.ts';
import { withRedis } from '../src/redis-keys.ts';
import { type System, startSystem } from '../src/system.ts';
import { type Doors, openDoors } from './doors.ts';
import { askEveryRoute } from './every-route.ts';
import { cutReplica, failOver, inStep } from './fail-over.ts';
import { administer, read, write } from './kafka-trespass.ts';
import { createOperator } from './operator.ts';
import { KAFKA_USERS, type ProductionServers, startProductionServers } from './servers.ts';
import { beginLoad, eachOnce, effectsOf } from './traffic.ts';

const DEPLOY = fileURLToPath(new URL('../../infra/kafka/deploy.ts', import.meta.url));

let servers: ProductionServers;
let doors: Doors;
let system: System;
let api: Client;

beforeAll(async () => {
  doors = await openDoors();
  const started = await startSystem(doors.settings, {
    bothWays: true,
    planned: doors.leadTo,
    servers: async (run, progress) => {
      servers = await startProductionServers(run, progress);
      return servers;
    },
  });
  system = { ...started, gatewayUrl: doors.urlOf('gateway-api'), ingestUrl: doors.urlOf('webhook-ingest') };
  api = createClient({ baseUrl: system.gatewayUrl, credentials: system.admin });
});

afterAll(async () => {
  await system?.[Symbol.asyncDispose]();
  await doors?.[Symbol.asyncDispose]();
});

/** Traffic that comes to every topic and every store. */
const mix = [
  ...['steady', 'burst', 'duplicates', 'reordered', 'dropped-then-redelivered', 'delete-before-create'],
  ...['local-edits', 'poison', 'malformed-json', 'schema-invalid', 'arrays-with-a-bad-item'],
];

/** Plays all that and finds the verdict right. */
const runIsRight = async (seed: number) => {
  const scenarios = mix.map((name) => ({ name }));
  const verdict = await playRun(api, { scenarios, count: 6, ratePerSecond: 8, seed });
  const { ok, lost, doubled, unexpected, unverified } = verdict;
  const wrong = verdict.scenarios.filter((scenario) => !scenario.ok).map(({ name }) => name);
  expect({ ok, lost, doubled, unexpected, unverified, wrong }).toEqual({
    ok: true,
    lost: [],
    doubled: [],
    unexpected: [],
    unverified: [],
    wrong: [],
  });
};

const logOf = (name: string) => readFile(join(system.logFolder, `${name}.log`), 'utf8');

/** What a server, asked as the operator, refused to whom. */
const refusalsOf = async (url: string): Promise<readonly unknown[]> =>
  (await withRedis(url, (redis) => redis.use((client) => client.acl('LOG')))) as readonly unknown[];

describe('every server over TLS, and every service by its own name and with its own rights', () => {
  it('a run of the simulator finds nothing lost, doubled or wrong', () => runIsRight(23));

  it('no service asks for what it may not do, of Redis or of Kafka, whatever it is asked for', async () => {
    const { id } = (await api.getMe()).body;
    expect(await askEveryRoute(system, id)).toEqual([]);
    expect(await refusalsOf(servers.redis.urlFor('operator'))).toEqual([]);
    for (const name of SERVICE_NAMES) expect(await logOf(name), name).not.toMatch(/NOPERM|not authorized/i);
  });

  it('a second deploy step finds every grant there and grants no more', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ['--conditions=source', DEPLOY], {
      env: { ...process.env, ...servers.environment, ...servers.deployment },
    });
    expect(stdout).toMatch(/^0 grants added, \d+ were there$/m);
    expect(stdout).not.toContain('not in acls.yaml');
  });

  it.each([
    ['contact-service', 'acme.contact.created.v1'],
    ['webhook-ingest', 'integration.contact.created.v1'],
    ['event-worker', 'acme.webhook.quarantine.v1'],
  ] as const)(
    '%s may not write to %s, read under a group of its own making, or change topics',
    async (name, others) => {
      const client = servers.kafka.clientOf(servers.kafkaLogins[name]);
      expect({
        write: await write(client, others),
        group: await read(client, 'of-an-intruder', 'acme.contact.created.v1'),
        administer: await administer(client),
      }).toEqual({ write: 'refused', group: 'refused', administer: 'refused' });
    },
  );

  it.each(KAFKA_USERS)('%s joins the groups of event-worker where it is event-worker', async (name) => {
    const client = servers.kafka.clientOf(servers.kafkaLogins[name]);
    const joined = await read(client, 'contact-sync.rewind.of-a-test', 'acme.contact.created.v1');
    expect(joined).toBe(name === 'event-worker' ? 'done' : 'refused');
  });
});

describe('credentials that rotate under traffic', () => {
  it('new passwords and users, and a way by Sentinel, come without one failed request; the old ones are refused then', async () => {
    const { certificates, kafka, kafkaLogins, redisPair, redisPasswords } = servers;
    const redisServers = [redisPair.primary, redisPair.replica];
    const operator = await createOperator(join(system.logFolder, 'operator'), kafka.configCommand, {
      NODE_EXTRA_CA_CERTS: certificates.authority,
      REDIS_SERVERS: redisServers.map(({ process }) => `localhost:${process.port}`).join(' '),
      OPERATOR_PASSWORD: redisPasswords.operator,
      KAFKA_BROKERS: kafka.brokers,
      OPERATOR_PROPERTIES: kafka.operatorProperties,
    });
    const fresh = Object.fromEntries(SERVICE_NAMES.map((name) => [name, randomSecret()])) as Record<
      ServiceName,
      string
    >;
    const load = beginLoad(system, api);
    await load.taken(20);

    await Promise.all([
      ...SERVICE_NAMES.map((NAME) =>
        operator.follow('redis: add the new password', { NAME, NEW_PASSWORD: fresh[NAME] }),
      ),
      ...KAFKA_USERS.map((name) =>
        operator.follow('kafka: make the other user', { NEXT_NAME: `${name}-2`, NEW_PASSWORD: fresh[name] }),
      ),
    ]);
    await doors.roll(
      system,
      Object.fromEntries(
        SERVICE_NAMES.map((name) => [
          name,
          {
            REDIS_URL: redisPair.urlFor(name, fresh[name]),
            // From here on nothing is written to AcmeCRM: an edit that is lost below must not come back from there.
            ...(name === 'event-worker' && { ACME_API_URL: '' }),
            ...(KAFKA_USERS.some((user) => user === name) &&
              kafka.settingsFor({ username: `${name}-2`, password: fresh[name] })),
          },
        ]),
      ),
    );
    await Promise.all([
      ...SERVICE_NAMES.map((NAME) =>
        operator.follow('redis: remove the old password', { NAME, OLD_PASSWORD: redisPasswords[NAME] }),
      ),
      ...KAFKA_USERS.map((NAME) => operator.follow('kafka: remove the old user', { NAME })),
    ]);
    await load.taken(20);
    const { acmeIds, failures, reads } = await load.stop();
    process.stdout.write(
      `rotation: ${acmeIds.length} events and ${reads} reads, ${failures.length} failed\n`,
    );
    expect(failures).toEqual([]);
    await eachOnce(api, acmeIds);

    for (const { urlFor } of redisServers)
      for (const name of SERVICE_NAMES)
        expect(await askRedis(urlFor(name), `AUTH ${name} ${redisPasswords[name]}`)).toMatch(/^-WRONGPASS/);
    for (const name of KAFKA_USERS)
      await expect(write(kafka.clientOf(kafkaLogins[name]), 'any')).rejects.toThrow(/authentication/i);
  });
});

describe('a fail-over of Redis by Sentinel, under traffic', () => {
  it('loses what the replica did not have, which a rewind reads again but for edits made here', async () => {
    const { redisPair } = servers;
    await inStep(redisPair);
    const edited = (
      await api.createContact({ body: { firstName: 'Ada', lastName: 'Byron', email: 'ada@example.com' } })
    ).body;
    await withRedis(redisPair.primary.urlFor('operator'), (redis) =>
      redis.use((client) => client.wait(1, 5_000)),
    );
    const before = new Date(Date.now() - 1_000).toISOString();

    await cutReplica(redisPair);
    const load = beginLoad(system, api);
    await load.taken(20);
    const editedAnswer = await api.patchContact({
      params: { id: edited.id },
      body: { title: 'lost' },
      ifMatch: '*',
    });
    expect(editedAnswer.status).toBe(200);
    const ahead = load.takenSoFar();
    await eachOnce(api, ahead);

    const startedAt = performance.now();
    const switchedMs = await failOver(redisPair);
    const writableMs = await eventually(
      async () => {
        await api.patchContact({ params: { id: edited.id }, body: { notes: 'after' }, ifMatch: '*' });
        return Math.round(performance.now() - startedAt);
      },
      { timeoutMs: 60_000 },
    );
    await load.taken(20);
    const { acmeIds, failures } = await load.stop();
    const lost = [...(await effectsOf(api, ahead))].filter(([, count]) => count === 0).length;

    const rewound = await runOps(system, 'rewind', '--to', before);
    expect([rewound.code, rewound.stderr]).toEqual([0, expect.any(String)]);
    await eachOnce(api, acmeIds);
    const { body } = await api.getContact(
      { params: { id: edited.id } },
      { headers: { 'cache-control': 'no-cache' } },
    );
    expect(body).toMatchObject({ title: null, notes: 'after' });
    process.stdout.write(
      `fail-over: ${JSON.stringify({ switchedMs, writableMs, ahead: ahead.length, lost, failures: failures.length })}\n`,
    );
    // Those that were refused a password are the ones that were tried above.
    const refused = (await refusalsOf(redisPair.replica.urlFor('operator'))).map((entry) =>
      JSON.stringify(entry),
    );
    expect(refused.filter((entry) => !entry.includes('"auth"'))).toEqual([]);
    expect(lost).toBeGreaterThan(0);
    expect(writableMs - switchedMs).toBeLessThan(10_000);
  });

  it('a run of the simulator is right afterwards', () => runIsRight(24));
});
