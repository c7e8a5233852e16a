import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { promisify } from 'node:util';
import { choosePort, type RedisServer, startRedisServer } from '@contact-sync/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRedis } from '../src/index.ts';

const run = promisify(execFile);
const trusted = getCACertificates();

let folder: string;
let server: RedisServer;
let url: string;
let certificate: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'redis-tls-'));
  const [key, file] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const subject = ['-subj', '/CN=redis', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const output = ['-nodes', '-days', '2', '-keyout', key, '-out', file];
  await run('openssl', ['req', '-x509', '-newkey', 'rsa:2048', ...subject, ...output]);
  certificate = await readFile(file, 'utf8');
  const port = String(await choosePort());
  const files = { 'tls-cert-file': file, 'tls-key-file': key, 'tls-ca-cert-file': file };
  server = await startRedisServer({ settings: { 'tls-port': port, 'tls-auth-clients': 'no', ...files } });
  url = `rediss://127.0.0.1:${port}`;
});
afterAll(async () => {
  setDefaultCACertificates(trusted);
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

const connect = (warn: (fields: object, text: string) => void, to = url) => {
  const redis = createRedis({ url: to, clientName: 'tls', logger: { info: () => undefined, warn } });
  redis.connect();
  return redis;
};

test('a rediss: address is spoken to over TLS, and only where its certificate is trusted', async () => {
  const warnings: unknown[] = [];
  const stranger = connect((fields) => warnings.push(fields));
  expect(await stranger.waitUntilReady(1_000)).toBe(false);
  await stranger.close();
  expect(JSON.stringify(warnings, (_, value) => (value instanceof Error ? value.message : value))).toMatch(
    /self-signed certificate.*NODE_EXTRA_CA_CERTS/,
  );

  setDefaultCACertificates([...trusted, certificate]);
  const friend = connect(() => undefined);
  expect(await friend.waitUntilReady(10_000)).toBe(true);
  await friend.ping();
  await friend.close();
});

test('a certificate for another name than the one in the address is refused, trusted or not', async () => {
  setDefaultCACertificates([...trusted, certificate]);
  const warnings: unknown[] = [];
  const misled = connect((fields) => warnings.push(fields), url.replace('127.0.0.1', 'localhost'));
  expect(await misled.waitUntilReady(1_000)).toBe(false);
  await misled.close();
  expect(warnings[0]).toMatchObject({ advice: expect.stringContaining('for other names') });
});
