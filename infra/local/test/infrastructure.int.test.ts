import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import { type Infrastructure, startInfrastructure } from '../infrastructure.ts';
import { silentProgress } from '../progress.ts';
import { isAlive } from '../run/is-alive.ts';
import { kafkaClusterId } from '../servers/kafka-answer.ts';
import { askRedis, redisAnswers } from '../servers/redis-answer.ts';
import { canRunOwnServers, ownServers } from './own-servers.ts';

const SLOW_MACHINE_MS = 300_000;
const options = { environment: ownServers(), progress: silentProgress };
const running: Infrastructure<'redis'>[] = [];

async function startRedis(environment = options.environment): Promise<Infrastructure<'redis'>> {
  const infrastructure = await startInfrastructure({ ...options, environment, only: ['redis'] });
  running.push(infrastructure);
  return infrastructure;
}

afterEach(async () => {
  for (const infrastructure of running.splice(0)) await infrastructure.stop();
});

async function registerSchema(registryUrl: string): Promise<number> {
  const response = await fetch(`${registryUrl}/subjects/kept-value/versions`, {
    method: 'POST',
    headers: { 'content-type': 'application/vnd.schemaregistry.v1+json' },
    body: JSON.stringify({ schema: JSON.stringify({ type: 'record', name: 'Kept', fields: [] }) }),
  });
  const { id } = (await response.json()) as { id: number };
  return id;
}

// A machine with Docker alone has neither Maven nor what it once fetched.
describe.skipIf(!canRunOwnServers)('servers as local processes', () => {
  test(
    'starts Kafka, registry and Redis ready for use, and leaves none of them',
    async () => {
      const { environment, processes, stop } = await startInfrastructure(options);
      const { kafka, registry, redis } = processes;
      const registryUrl = environment.SCHEMA_REGISTRY_URL;
      expect(environment.KAFKA_BROKERS).toBe(`127.0.0.1:${kafka?.port}`);
      await kafkaClusterId('127.0.0.1', kafka?.port ?? 0);
      expect((await fetch(`${registryUrl}/subjects`)).status).toBe(200);
      expect(await askRedis(environment.REDIS_URL, 'CONFIG GET appendonly')).toContain('yes');

      const id = await registerSchema(registryUrl);
      await registry?.kill('SIGKILL');
      await registry?.restart();
      expect((await fetch(`${registryUrl}/schemas/ids/${id}`)).status).toBe(200);

      await stop();
      for (const server of [kafka, registry, redis]) expect(isAlive(server?.pid ?? 0)).toBe(false);
    },
    SLOW_MACHINE_MS,
  );

  test(
    'has at the next start what all three held, where their data are kept',
    async () => {
      const keptFolder = await mkdtemp(join(tmpdir(), 'contact-sync-kept-'));
      onTestFinished(() => rm(keptFolder, { recursive: true }));
      const first = await startInfrastructure({ ...options, keptFolder });
      const id = await registerSchema(first.environment.SCHEMA_REGISTRY_URL);
      await askRedis(first.environment.REDIS_URL, 'SET kept yes');
      const cluster = await kafkaClusterId('127.0.0.1', first.processes.kafka?.port ?? 0);
      await first.stop();

      const second = await startInfrastructure({ ...options, keptFolder });
      onTestFinished(second.stop);
      const { SCHEMA_REGISTRY_URL, REDIS_URL } = second.environment;
      expect((await fetch(`${SCHEMA_REGISTRY_URL}/schemas/ids/${id}`)).status).toBe(200);
      expect(await askRedis(REDIS_URL, 'GET kept')).toContain('yes');
      expect(await kafkaClusterId('127.0.0.1', second.processes.kafka?.port ?? 0)).toBe(cluster);
    },
    SLOW_MACHINE_MS,
  );

  test('keeps no data of containers, and says so before it starts any', async () => {
    const environment = { ...options.environment, CONTACT_SYNC_SERVERS: 'containers' };
    const kept = startInfrastructure({ ...options, environment, only: ['redis'], keptFolder: tmpdir() });
    await expect(kept).rejects.toThrow('not by containers');
  });

  test('gives Redis back on the same port with what it had acknowledged before kill -9', async () => {
    const { environment, processes } = await startRedis();
    await askRedis(environment.REDIS_URL, 'SET kept yes');
    await processes.redis?.kill('SIGKILL');
    await processes.redis?.restart();
    expect(await askRedis(environment.REDIS_URL, 'GET kept')).toContain('yes');
  });

  test('two runs beside each other have their own ports and data', async () => {
    const [one, other] = await Promise.all([startRedis(), startRedis()]);
    expect(one.environment.REDIS_URL).not.toBe(other.environment.REDIS_URL);
    await askRedis(one.environment.REDIS_URL, 'SET mine yes');
    expect(await askRedis(other.environment.REDIS_URL, 'GET mine')).not.toContain('yes');
    await one.stop();
    await redisAnswers(other.environment.REDIS_URL);
  });

  test('uses a server whose address is given, and lets it run on', async () => {
    const own = await startRedis();
    const given = await startRedis({ ...options.environment, ...own.environment });
    expect(given.environment).toEqual(own.environment);
    expect(given.processes).toEqual({});
    await given.stop();
    await redisAnswers(own.environment.REDIS_URL);
  });

  test('takes local processes when the Docker engine that answers cannot run anything', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'contact-sync-engine-'));
    const engine = createServer((request, response) => {
      response.writeHead(request.url?.endsWith('/_ping') ? 200 : 500).end('{}');
    });
    engine.listen(join(folder, 'docker.sock'));
    await once(engine, 'listening');
    const environment = ownServers({ DOCKER_HOST: `unix://${folder}/docker.sock`, CONTACT_SYNC_SERVERS: '' });
    const { environment: addresses, processes } = await startRedis(environment);
    await redisAnswers(addresses.REDIS_URL);
    expect(isAlive(processes.redis?.pid ?? 0)).toBe(true);
    engine.close();
    await rm(folder, { recursive: true });
  });
});
