import { execFile } from 'node:child_process';
import { globSync } from 'node:fs';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { choosePort } from '@contact-sync/testing/ports.ts';
import type { Servers } from './servers.ts';

const run = promisify(execFile);

export const user = 'ingest';
export const password = 'canary-broker-password';

/** A certificate for loopback that nobody trusts by itself, with its key; made by the openssl of the machine. */
const makeCertificate = async (folder: string): Promise<{ certificate: string; keyStore: string }> => {
  const [key, certificate, keyStore] = ['key', 'certificate', 'key-store'].map((name) =>
    join(folder, `${name}.pem`),
  ) as [string, string, string];
  const subject = ['-subj', '/CN=broker', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const output = ['-nodes', '-days', '2', '-keyout', key, '-out', certificate];
  await run('openssl', ['req', '-x509', '-newkey', 'rsa:2048', ...subject, ...output]);
  await writeFile(keyStore, `${await readFile(key, 'utf8')}${await readFile(certificate, 'utf8')}`);
  return { certificate, keyStore };
};

const securedListener = (port: number, keyStore: string, before: ReadonlyMap<string, string>): string =>
  Object.entries({
    listeners: `${before.get('listeners')},SASL_SSL://127.0.0.1:${port}`,
    'advertised.listeners': `${before.get('advertised.listeners')},SASL_SSL://127.0.0.1:${port}`,
    'listener.security.protocol.map': `${before.get('listener.security.protocol.map')},SASL_SSL:SASL_SSL`,
    'sasl.enabled.mechanisms': 'PLAIN',
    'listener.name.sasl_ssl.plain.sasl.jaas.config': `org.apache.kafka.common.security.plain.PlainLoginModule required user_${user}="${password}";`,
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.location': keyStore,
  })
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');

/** Gives the file's own broker a further listener that speaks TLS and wants a password, and restarts it. */
export const secureBroker = async ({ run: { folder }, crash, heal }: Servers) => {
  const { certificate, keyStore } = await makeCertificate(folder);
  const [settings = ''] = globSync(join(folder, 'kafka-*', 'server.properties'));
  const lines = (await readFile(settings, 'utf8')).trim().split('\n');
  const before = new Map(lines.map((line) => line.split(/=(.*)/s, 2) as [string, string]));
  const port = await choosePort();
  await crash('kafka');
  // Where a name stands twice the last one counts.
  await appendFile(settings, `\n${securedListener(port, keyStore, before)}`);
  await heal();
  return { address: `127.0.0.1:${port}`, certificate };
};
