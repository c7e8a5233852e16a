/**
 * The secrets of docker-compose.yml, in the folder given as argument: `store/` has the values, made once, and nobody but
 * this program reads it; each service has a folder with what it needs and no other's, and Redis one with its users. Made
 * by root, as in the container, the files belong to the users that read them. May be run again: what came up since, the
 * secret of a new service, say, is added.
 */
import { chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keptSecretValues } from '../local/keep/kept-secrets.ts';
import { REDIS_USERS, redisUsers } from '../local/redis-users.ts';
import { createSecrets, randomSecret, type Secrets } from '../local/secrets.ts';
import { SERVICE_NAMES, type ServiceName } from '../local/service-names.ts';

// The users of the images.
const [NODE, REDIS] = [1000, 999];

type Passwords = Record<(typeof REDIS_USERS)[number], string>;

async function redisPasswords(file: string): Promise<Passwords> {
  const kept = await readFile(file, 'utf8').then(JSON.parse, () => ({}));
  const passwords = Object.fromEntries(REDIS_USERS.map((user) => [user, kept[user] ?? randomSecret()]));
  await writeFile(file, JSON.stringify(passwords, null, 2), { mode: 0o600 });
  return passwords as Passwords;
}

/** What one service is given, by the name of the file. */
async function filesOf(name: ServiceName, secrets: Secrets, redisPassword: string) {
  const read = (path: string) => readFile(path, 'utf8');
  const own = { 'redis-url': `redis://${name}:${redisPassword}@redis:6379` };
  if (name === 'auth-service') {
    return {
      ...own,
      'signing-keys.json': await read(secrets.signingKeysFile),
      'bootstrap-clients.json': await read(secrets.bootstrapClientsFile),
      'admin-password': secrets.admin.password,
    };
  }
  const signs = name === 'webhook-ingest' || name === 'webhook-simulator';
  const hasApiKey = name === 'event-worker' || name === 'webhook-simulator';
  return {
    ...own,
    'client-secret': secrets.clientSecrets[name],
    ...(signs && { 'acme-secrets.json': await read(secrets.acmeSecretsFile) }),
    ...(hasApiKey && { 'acme-api-key': await read(secrets.acmeApiKeyFile) }),
  };
}

async function lay(folder: string, files: Readonly<Record<string, string>>, owner: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    await rm(path, { force: true });
    await writeFile(path, content, { mode: 0o400 });
    if (process.getuid?.() === 0) await chown(path, owner, owner);
  }
}

const [target] = process.argv.slice(2);
if (target === undefined) throw new Error('usage: create-secrets.ts FOLDER');
const store = join(target, 'store');
await mkdir(store, { recursive: true, mode: 0o700 });
const passwords = await redisPasswords(join(store, 'redis.json'));
const work = await mkdtemp(join(tmpdir(), 'contact-sync-secrets-'));
try {
  const secrets = await createSecrets(join(work, 'secrets'), await keptSecretValues(store));
  for (const name of SERVICE_NAMES)
    await lay(join(target, name), await filesOf(name, secrets, passwords[name]), NODE);
} finally {
  await rm(work, { recursive: true });
}
await lay(join(target, 'redis'), { 'users.acl': redisUsers(passwords) }, REDIS);
const operator = `redis://operator:${passwords.operator}@127.0.0.1:6379\n`;
await writeFile(join(store, 'operator-redis-url'), operator, { mode: 0o600 });
