import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contactIdOfAcme } from '@contact-sync/domain';
import { openRedis, type RedisConnection } from '@contact-sync/redis';
import { eventually, type RedisServer, redisServerExecutable, startRedisServer } from '@contact-sync/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createRedisContactStore } from '../src/adapters/redis-contact-store/redis-contact-store.ts';
import type { ContactStore } from '../src/ports.ts';
import { applyEvents } from '../src/use-cases/apply-events.ts';
import { type Told, updated } from './event-builder.ts';
import { moves, newMapping, newMappingText, oldMapping } from './remap-mappings.ts';
import { startRemap } from './remap-process.ts';

const outbox = 'integration:{0}:outbox';
const position = `integration:{0}:remap:${newMapping.id}`;

describe.skipIf(redisServerExecutable() === undefined)('the remap command, on a server of its own', () => {
  let server: RedisServer;
  let redis: RedisConnection;
  let store: ContactStore;
  let folder: string;
  let settings: Record<string, string>;

  beforeAll(async () => {
    server = await startRedisServer();
    redis = await openRedis(server.url);
    store = createRedisContactStore({ redis, historyLimit: 100 });
    folder = await mkdtemp(join(tmpdir(), 'remap-'));
    const file = join(folder, 'mapping.json');
    await writeFile(file, newMappingText);
    settings = { REDIS_URL: server.url, MAPPING_FILE: file };
  });
  beforeEach(async () => {
    await redis.use((client) => client.flushall());
    await redis.use((client) => client.config('SET', 'appendonly', 'yes'));
  });
  afterAll(async () => {
    await redis?.close();
    await server?.stop();
    if (folder) await rm(folder, { recursive: true });
  });

  const seed = async (count: number, ...more: Told[]) => {
    const now = () => new Date().toISOString();
    const plain = Array.from({ length: count }, (_, id) => ({ ...moves, id: String(id), acme_version: 1 }));
    await applyEvents(
      { store, mapping: oldMapping, now },
      [...plain, ...more].map((told) => updated(told)),
    );
    // As if relayed: nobody relays here, and a full outbox would hold the command up.
    await redis.use((client) => client.del(outbox));
  };
  const dump = async () => {
    const keys = (await redis.use((client) => client.keys('*'))).sort();
    const values = await redis.pipeline((pipeline) => {
      for (const key of keys) pipeline.dump(key);
    });
    return keys.map((key, index) => [key, String(values[index])]);
  };
  const remap = (...args: string[]) => startRemap(settings, ...args);
  const report = ({ stdout }: { stdout: string }) => JSON.parse(stdout);

  it('tells in a dry run what would change, without a value and without a trace in Redis', async () => {
    await seed(30);
    const before = await dump();
    const text = await remap('--dry-run').ended();
    expect(text).toMatchObject({ code: 0, stderr: '' });
    expect(text.stdout).toMatch(/30 {2}would change[\s\S]*30 {2}company[\s\S]*Nothing was written\./);
    const json = await remap('--dry-run', '--json').ended();
    expect(report(json)).toMatchObject({
      mappingId: newMapping.id,
      dryRun: true,
      complete: true,
      remapped: 30,
      failed: 0,
      fields: { company: 30, 'customFields.unit': 30 },
    });
    expect(report(json).examples).toHaveLength(5);
    expect(text.stdout + json.stdout).not.toMatch(/Acme|R&D|Ada|@example/);
    const values = await remap('--dry-run', '--show-values').ended();
    expect(values.stdout).toContain('company: "Acme" → "R&D / Acme"');
    expect(await dump()).toEqual(before);
  });

  it('goes on after kill -9 where it was, and changes each contact once', async () => {
    await seed(1_500);
    const killed = remap('--rate', '400');
    await eventually(async () => (await redis.use((client) => client.exists(position))) === 1, {
      timeoutMs: 60_000,
      intervalMs: 5,
    });
    killed.kill('SIGKILL');
    expect(await killed.ended()).toMatchObject({ signal: 'SIGKILL', stdout: '' });
    const done = await redis.use((client) => client.xlen(outbox));
    expect(done).toBeGreaterThan(0);
    expect(done).toBeLessThan(1_500);

    const next = await remap('--rate', '10000', '--json').ended();
    expect(next).toMatchObject({ code: 0, stderr: expect.stringContaining('Going on') });
    expect(report(next)).toMatchObject({ complete: true, failed: 0 });
    // History names it from now on.
    const kept = await redis.use((client) => client.hget('integration:{0}:mappings', newMapping.id));
    expect(JSON.parse(kept ?? '')).toMatchObject({ pairs: expect.any(Array) });
    const told = await redis.use((client) => client.xrange(outbox, '-', '+'));
    const changed = told.map(([, [, change = '']]) => JSON.parse(change).contact);
    expect(new Set(changed.map(({ id, version }) => `${id}@${version}`)).size).toBe(1_500);
    expect([told.length, new Set(changed.map(({ version }) => version))]).toEqual([1_500, new Set([2])]);
    expect(await store.history(contactIdOfAcme('7'), { limit: 5 })).toHaveLength(2);
    expect(await redis.use((client) => client.exists(position))).toBe(0);
  });

  it('fails when Redis dies, and begins anew on a restarted one without doing a contact twice', async () => {
    await seed(1_500);
    const cut = remap('--rate', '400');
    await eventually(async () => (await redis.use((client) => client.exists(position))) === 1, {
      timeoutMs: 60_000,
      intervalMs: 5,
    });
    await server.kill('SIGKILL');
    const failed = await cut.ended();
    expect([failed.code, failed.stdout]).toEqual([1, '']);
    await server.start();
    await redis.waitUntilReady(10_000);
    const next = await remap('--rate', '10000', '--json').ended();
    expect(next.stderr).not.toContain('Going on');
    const { current, remapped } = report(next);
    expect([next.code, current > 0, current + remapped]).toEqual([0, true, 1_500]);
    expect(await redis.use((client) => client.xlen(outbox))).toBe(1_500);
  });

  it('finishes what it is at when it is asked to end, says so, and a second run does the rest', async () => {
    await seed(300);
    const asked = remap('--rate', '50', '--json');
    await eventually(async () => (await redis.use((client) => client.xlen(outbox))) > 0, {
      timeoutMs: 60_000,
    });
    asked.kill('SIGTERM');
    const ended = await asked.ended();
    expect([ended.code, report(ended).complete]).toEqual([1, false]);
    expect(report(ended).remapped).toBe(await redis.use((client) => client.xlen(outbox)));
    expect(await remap('--rate', '10000').ended()).toMatchObject({ code: 0 });
    expect(await redis.use((client) => client.xlen(outbox))).toBe(300);
  });

  it('passes by contacts that cannot be mapped, names them with the place, and fails in the end', async () => {
    await seed(10, { ...moves, id: 'lead', acme_version: 1, acme_status: 'Lead' });
    const ended = await remap('--json').ended();
    const id = contactIdOfAcme('lead');
    expect(ended.code).toBe(1);
    expect(ended.stderr).toBe(`${id} MAPPING_FAILED /acme_status\n`);
    expect(report(ended)).toMatchObject({
      complete: true,
      remapped: 10,
      failed: 1,
      failures: [{ id, code: 'MAPPING_FAILED', pointer: '/acme_status' }],
    });
    expect(await store.contact(id)).toMatchObject({ company: 'Acme', version: 1 });
  });

  it.each([
    ['an option that it does not know', ['--fast'], {}],
    ['a rate that is none', ['--rate', '0'], {}],
    ['settings that are missing', [], { REDIS_URL: '' }],
    ['a mapping file that is not there', [], { MAPPING_FILE: '/nowhere.json' }],
  ])('ends with 2 on %s, before it touches anything', async (_, args, changed) => {
    const ended = await startRemap({ ...settings, ...changed }, ...args).ended();
    expect([ended.code, ended.stdout]).toEqual([2, '']);
    expect(ended.stderr).not.toBe('');
  });

  it('ends with 1 where Redis may lose what it is given', async () => {
    await redis.use((client) => client.config('SET', 'appendonly', 'no'));
    const ended = await remap().ended();
    expect([ended.code, ended.stdout]).toEqual([1, '']);
  });
});
