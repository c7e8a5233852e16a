import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Client, createClient } from '@contact-sync/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { playRun } from '../scenarios/play.ts';
import { askRedis, randomSecret, SERVICE_NAMES, type ServiceName } from '../src/launcher.ts';
import { withRedis } from '../src/redis-keys.ts';
import { type System, startSystem } from '../src/system.ts';
import { type Doors, openDoors } from './doors.ts';
import { askEveryRoute } from './every-route.ts';
import { administer, read, write } from './kafka-trespass.ts';
import { createOperator } from './operator.ts';
import { KAFKA_USERS, type ProductionServers, startProductionServers } from './servers.ts';
import { beginLoad, eachOnce } from './traffic.ts';

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
const refusalsOf = (url: string) => withRedis(url, (redis) => redis.use((client) => client.acl('LOG')));

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
    ['contact-service', 'acme.contact.created.v1', 'integration.contact.created.v1'],
    ['webhook-ingest', 'integration.contact.created.v1', 'acme.contact.created.v1'],
    ['event-worker', 'acme.webhook.quarantine.v1', undefined],
  ] as const)('%s may not write to %s, read what it writes, or change topics', async (name, others, own) => {
    const client = servers.kafka.clientOf(servers.kafkaLogins[name]);
    const tried = {
      write: await write(client, others),
      ...(own && { read: await read(client, 'contact-sync', own) }),
      group: await read(client, 'of-an-intruder', 'acme.contact.created.v1'),
      administer: await administer(client),
    };
    expect(tried).toEqual(Object.fromEntries(Object.keys(tried).map((what) => [what, 'refused'])));
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
