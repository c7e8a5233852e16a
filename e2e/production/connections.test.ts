import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Client, createClient } from '@contact-sync/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { playRun } from '../scenarios/play.ts';
import { SERVICE_NAMES } from '../src/launcher.ts';
import { withRedis } from '../src/redis-keys.ts';
import { type System, startSystem } from '../src/system.ts';
import { type ProductionServers, startProductionServers } from './servers.ts';

let servers: ProductionServers;
let system: System;
let api: Client;

beforeAll(async () => {
  system = await startSystem(
    {},
    {
      bothWays: true,
      servers: async (run, progress) => {
        servers = await startProductionServers(run, progress);
        return servers;
      },
    },
  );
  api = createClient({ baseUrl: system.gatewayUrl, credentials: system.admin });
});

afterAll(async () => {
  await system?.[Symbol.asyncDispose]();
});

/** Traffic that comes to every topic and every store. */
const mix = [
  ...['steady', 'burst', 'duplicates', 'reordered', 'dropped-then-redelivered', 'delete-before-create'],
  ...['local-edits', 'poison', 'malformed-json', 'schema-invalid', 'arrays-with-a-bad-item'],
];

const logOf = (name: string) => readFile(join(system.logFolder, `${name}.log`), 'utf8');

describe('every server over TLS, and every service by its own name and with its own rights', () => {
  it('a run of the simulator finds nothing lost, doubled or wrong', async () => {
    const verdict = await playRun(api, {
      scenarios: mix.map((name) => ({ name })),
      count: 6,
      ratePerSecond: 8,
      seed: 23,
    });
    const { ok, lost, doubled, unexpected, unverified, scenarios } = verdict;
    const wrong = scenarios.filter((scenario) => !scenario.ok).map(({ name }) => name);
    expect({ ok, lost, doubled, unexpected, unverified, wrong }).toEqual({
      ok: true,
      lost: [],
      doubled: [],
      unexpected: [],
      unverified: [],
      wrong: [],
    });
  });

  it('no service asked for what it may not do, of Redis or of Kafka', async () => {
    const refusals = await withRedis(servers.redis.urlFor('operator'), (redis) =>
      redis.use((client) => client.acl('LOG')),
    );
    expect(refusals).toEqual([]);
    for (const name of SERVICE_NAMES) expect(await logOf(name), name).not.toMatch(/NOPERM|not authorized/i);
  });
});
