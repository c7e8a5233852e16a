import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LaunchError, reasonOf } from '../launch-error.ts';
import { newSecretValues, type SecretValues } from '../secrets.ts';

/**
 * The values of the first start with this folder, so that what it stored under them can still be read and signed. What
 * has come up since then, the secret of a new service, say, is new and kept from now on.
 */
export async function keptSecretValues(folder: string): Promise<SecretValues> {
  const file = join(folder, 'secrets.json');
  const [fresh, kept] = [newSecretValues(), await readValues(file)];
  const values = { ...fresh, ...kept, clientSecrets: { ...fresh.clientSecrets, ...kept.clientSecrets } };
  await writeFile(file, JSON.stringify(values, null, 2), { mode: 0o600 });
  return values;
}

async function readValues(file: string): Promise<Partial<SecretValues>> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{}';
    throw new LaunchError(`The kept secrets cannot be read: ${reasonOf(error)}`);
  });
  try {
    return JSON.parse(text) as Partial<SecretValues>;
  } catch (error) {
    throw new LaunchError(`The kept secrets in ${file} are no JSON: ${reasonOf(error)}`, {
      remedy: 'Remove the folder to begin with new data.',
    });
  }
}
