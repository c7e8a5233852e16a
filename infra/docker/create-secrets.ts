/**
 * The secrets of docker-compose.yml, made once into the folder given as argument: those of infra/local/secrets.ts, and
 * a file for each single value. Made by root, as in the container, they belong to the user that the services run as;
 * nobody else can read them. Does nothing when they are there.
 */
import { existsSync } from 'node:fs';
import { chmod, chown, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createSecrets } from '../local/secrets.ts';

// The user `node` of the image.
const OWNER = 1000;

const [target] = process.argv.slice(2);
if (target === undefined) throw new Error('usage: create-secrets.ts FOLDER');
const folder = join(target, 'secrets');

if (!existsSync(folder)) {
  const { clientSecrets, admin } = await createSecrets(folder);
  await writeFile(join(folder, 'admin-password'), admin.password);
  for (const [id, secret] of Object.entries(clientSecrets))
    await writeFile(join(folder, `client-${id}`), secret);
  for (const path of [...(await readdir(folder)).map((name) => join(folder, name)), folder]) {
    await chmod(path, path === folder ? 0o500 : 0o400);
    if (process.getuid?.() === 0) await chown(path, OWNER, OWNER);
  }
}
