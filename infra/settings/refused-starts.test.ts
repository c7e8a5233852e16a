import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { choosePort, compileCache } from '@contact-sync/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSecrets } from '../local/secrets.ts';
import { planServices, SERVICE_NAMES, type ServiceName, type ServicePlans } from '../local/service-plan.ts';

type End = { readonly code: number; readonly output: string; readonly errors: string };

/** Nothing listens there; a service does not wait for its servers to be told what is wrong with its settings. */
const AWAY = {
  KAFKA_BROKERS: '127.0.0.1:9',
  SCHEMA_REGISTRY_URL: 'http://127.0.0.1:9',
  REDIS_URL: 'redis://127.0.0.1:9',
};

let folder: string;
let plans: ServicePlans;
let taken: Server;
let takenPort: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'contact-sync-settings-'));
  plans = await planServices(AWAY, await createSecrets(join(folder, 'secrets')));
  await writeFile(join(folder, 'broken.json'), '{"secrets": "hunter2-is-no-list"}');
  taken = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => taken.once('listening', resolve));
  takenPort = String((taken.address() as { port: number }).port);
});
afterAll(async () => {
  taken.close();
  await rm(folder, { recursive: true });
});

const start = (name: ServiceName, changes: Readonly<Record<string, string>>): Promise<End> =>
  new Promise((resolve) => {
    const main = fileURLToPath(new URL(`../../apps/${name}/src/main.ts`, import.meta.url));
    const env = { PATH: process.env['PATH'], ...compileCache(), ...plans[name].settings, ...changes };
    const child = execFile(
      process.execPath,
      ['--conditions=source', main],
      { env, timeout: 50_000 },
      (_, output, errors) => resolve({ code: child.exitCode ?? -1, output, errors }),
    );
  });

const expectRefusal = ({ code, errors }: End, setting: string) => {
  expect(errors).toMatch(new RegExp(`^  - ${setting}\\b.*, for example ${setting}`, 'm'));
  expect(errors).not.toMatch(/^\s+at /m);
  expect(errors).not.toContain('hunter2');
  expect(code).toBe(1);
};

describe.each(SERVICE_NAMES)('%s', (name) => {
  it('exits with 1 and names every setting that is wrong, without a stack or a value', async () => {
    const end = await start(name, {
      REQUEST_TIMEOUT_MS: 'hunter2',
      LOG_LEVEL: 'hunter2',
      ...(name === 'event-worker'
        ? { CONTACT_URL: 'http://x/hunter2' }
        : { REDIS_URL: 'redis://:hunter2@:6379' }),
    });
    expect(end.output).toBe('');
    for (const setting of [
      'REQUEST_TIMEOUT_MS',
      'LOG_LEVEL',
      name === 'event-worker' ? 'CONTACT_URL' : 'REDIS_URL',
    ])
      expectRefusal(end, setting);
  });

  it('says that its port is taken', async () => {
    const settings = { PORT: takenPort, OPS_PORT: String(await choosePort()), LOG_LEVEL: 'silent' };
    expectRefusal(await start(name, settings), 'PORT');
  });
});

describe('a file that a setting names', () => {
  it.each([
    ['webhook-ingest', 'ACME_SECRETS_FILE'],
    ['webhook-simulator', 'ACME_SECRETS_FILE'],
    ['contact-service', 'MAPPING_FILE'],
    ['auth-service', 'SIGNING_KEYS_FILE'],
    ['auth-service', 'BOOTSTRAP_CLIENTS_FILE'],
  ] as const)(
    '%s refuses a %s that holds something else, or nothing that can be read',
    async (name, setting) => {
      for (const file of ['broken.json', 'no-such-file']) {
        const { code, errors } = await start(name, { [setting]: join(folder, file) });
        expect(errors).toMatch(
          new RegExp(`^  - ${setting.replace('_FILE', '(_FILE)?')}\\b[^]*?, for example ${setting}=`, 'm'),
        );
        expect(errors).not.toMatch(/^\s+at /m);
        expect(errors).not.toContain('hunter2');
        expect(code).toBe(1);
      }
    },
  );
});
