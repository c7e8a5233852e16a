import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createTestGateway } from './fakes/test-gateway.ts';

const openssl = 'openssl';

const selfSigned = () => {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-tls-'));
  try {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const name = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1'];
    const kind = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1'];
    execFileSync(openssl, [...kind, '-keyout', key, '-out', cert, ...name], { stdio: 'ignore' });
    return { key: readFileSync(key), cert: readFileSync(cert) };
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const hasOpenssl = spawnSync(openssl, ['version']).status === 0;

it.runIf(hasOpenssl)('a service whose certificate nobody vouches for gets no request', async () => {
  let reached = 0;
  const server = createServer(selfSigned(), (_, response) => {
    reached += 1;
    response.end('{}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const gateway = await createTestGateway({ CONTACT_URL: `https://127.0.0.1:${port}` });
  const answer = await gateway.app.inject({ url: '/api/v1/contacts', headers: gateway.bearer });
  expect([answer.statusCode, answer.json().code, reached]).toEqual([503, 'DEPENDENCY_UNAVAILABLE', 0]);
  await gateway.close();
  server.close();
});
