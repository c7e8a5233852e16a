import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { allContracts, createKafkaClient, createRegistry } from '@contact-sync/kafka';
import { testEnvironment } from '@contact-sync/testing';
import { expect, test } from 'vitest';

type Result = { readonly code: number; readonly stdout: string; readonly stderr: string };

/** Runs the command as `npm run deploy:topics` does. */
const deploy = (environment: Readonly<Record<string, string>>): Promise<Result> =>
  new Promise((resolve) => {
    const script = fileURLToPath(new URL('./deploy.ts', import.meta.url));
    const child = execFile(
      process.execPath,
      ['--conditions=source', script],
      { env: { PATH: process.env['PATH'], ...environment } },
      (_, stdout, stderr) => resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });

const addresses = () => {
  const { KAFKA_BROKERS, SCHEMA_REGISTRY_URL } = testEnvironment();
  return { KAFKA_BROKERS, SCHEMA_REGISTRY_URL };
};

const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

test('one run makes all topics and schemas, and a second changes nothing', async () => {
  const first = await deploy(addresses());
  expect(first).toMatchObject({ code: 0, stderr: '' });
  const registry = createRegistry({ url: addresses().SCHEMA_REGISTRY_URL });
  for (const { topic, subject, schema } of allContracts) {
    expect(first.stdout).toContain(topic);
    const id = await registry.idOf(subject, schema);
    expect(first.stdout).toMatch(new RegExp(`${subject}\\s+${id}\\s`));
  }
  const brokers = addresses().KAFKA_BROKERS.split(',');
  const admin = createKafkaClient({ brokers, clientId: 'test', logger: silent }).kafka.admin();
  await admin.connect();
  expect(await admin.listTopics()).toEqual(expect.arrayContaining(allContracts.map(({ topic }) => topic)));
  await admin.disconnect();

  const second = await deploy(addresses());
  expect(second).toMatchObject({ code: 0, stderr: '' });
  expect(second.stdout).not.toMatch(/created$|→/m);
});

test.each([
  ['KAFKA_BROKERS', { SCHEMA_REGISTRY_URL: 'http://127.0.0.1:9' }, 'KAFKA_BROKERS: is required'],
  ['the broker', { KAFKA_BROKERS: '127.0.0.1:9', SCHEMA_REGISTRY_URL: 'http://127.0.0.1:9' }, 'Kafka: '],
])('without %s it fails with one clear message', async (_, environment, text) => {
  const { code, stdout, stderr } = await deploy(environment as Record<string, string>);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toContain(text);
  expect(stderr).not.toContain('    at ');
  expect(stderr.trim().split('\n').length).toBeLessThanOrEqual(2);
});

test('without the registry it fails with one clear message that names it', async () => {
  const { code, stderr } = await deploy({ ...addresses(), SCHEMA_REGISTRY_URL: 'http://127.0.0.1:9/v7' });
  expect(code).toBe(1);
  expect(stderr).toContain('http://127.0.0.1:9/v7');
  expect(stderr).not.toContain('    at ');
  expect(stderr.trim().split('\n').length).toBeLessThanOrEqual(2);
});

test('rights that are asked for where no broker judges by them are told, not passed over', async () => {
  const { code, stderr } = await deploy({ ...addresses(), KAFKA_ACLS: 'true' });
  expect([code, stderr]).toEqual([1, expect.stringContaining('Security features are disabled')]);
});
