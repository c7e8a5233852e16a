/**
 * The secrets of docker-compose.yml, made once into the folder given as argument: those of infra/local/secrets.ts, and
 * a file for each single value, owned by the user that the services run as. Does nothing when they are there.
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
  for (const name of await readdir(folder)) {
    await chmod(join(folder, name), 0o400);
    await chown(join(folder, name), OWNER, OWNER);
  }
  await chown(folder, OWNER, OWNER);
}
