import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  createProgress,
  fetchDebianRedis,
  fetchJava,
  fetchServerFiles,
  findExecutable,
  findJava,
  openRun,
} from './launcher.ts';
import type { System } from './system.ts';

const repository = fileURLToPath(new URL('../../', import.meta.url));
const JAVA_NEEDED = 17;

/** Somebody at a shell in the checkout, with what the runbooks ask for. */
export type Operator = {
  /** All that the command says, whatever its exit code. */
  readonly run: (command: string, environment?: Readonly<Record<string, string>>) => Promise<string>;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
};

const redisCli = (redis: string): string => `#!/bin/sh
for libraries in "${redis}"/usr/lib/*-linux-gnu*; do LD_LIBRARY_PATH=$libraries:$LD_LIBRARY_PATH; done
export LD_LIBRARY_PATH
exec "${redis}/usr/bin/redis-cli" "$@"
`;

const kafkaConsumerGroups = (java: string, files: string): string => `#!/bin/sh
exec "${java}" -Xshare:auto -XX:TieredStopAtLevel=1 -cp '${files}/kafka/*' \\
  org.apache.kafka.tools.consumer.group.ConsumerGroupCommand "$@"
`;

const hostOf = (url: string): string => new URL(url).host;

const environmentOf = (system: System): Record<string, string> => ({
  GATEWAY_URL: system.gatewayUrl,
  OPS_EMAIL: system.admin.email,
  OPS_PASSWORD: system.admin.password,
  REDIS_URL: system.redisUrl,
  KAFKA_BROKERS: system.kafkaBrokers,
  SCHEMA_REGISTRY_URL: system.registryUrl,
  GATEWAY_OPS: hostOf(system.opsUrls['gateway-api']),
  AUTH_OPS: hostOf(system.opsUrls['auth-service']),
  CONTACT_OPS: hostOf(system.opsUrls['contact-service']),
  INGEST_OPS: hostOf(system.opsUrls['webhook-ingest']),
  WORKER_OPS: hostOf(system.opsUrls['event-worker']),
});

/** An operator of that system. Redis' and Kafka's own tools are those of the PATH, else fetched as the servers are. */
export const startOperator = async (system: System): Promise<Operator> => {
  const run = await openRun();
  const tools = join(run.folder, 'tools');
  await mkdir(tools);
  const provide = async (name: string, script: () => Promise<string>) => {
    if ((await findExecutable(name, process.env)) !== undefined) return;
    await writeFile(join(tools, name), await script(), { mode: 0o755 });
  };
  await provide('redis-cli', async () => redisCli(dirname(await fetchDebianRedis(run, process.env))));
  await provide('kafka-consumer-groups.sh', async () => {
    const progress = createProgress();
    const java = (await findJava(JAVA_NEEDED, process.env))?.executable;
    const files = await fetchServerFiles(run, progress, process.env);
    return kafkaConsumerGroups(java ?? (await fetchJava(run, progress, process.env, JAVA_NEEDED)), files);
  });
  const known = { ...environmentOf(system), HOME: process.env['HOME'] };
  const PATH = [tools, dirname(process.execPath), process.env['PATH']].join(':');
  return {
    run: (command, environment = {}) =>
      new Promise((resolve) => {
        execFile(
          'bash',
          ['-c', command],
          { cwd: repository, env: { ...known, PATH, ...environment }, timeout: 60_000 },
          (_, stdout, stderr) => resolve(`${stdout}${stderr}`),
        );
      }),
    [Symbol.asyncDispose]: () => run.close(),
  };
};
