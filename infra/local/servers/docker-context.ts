import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

type Meta = { readonly Endpoints?: { readonly docker?: { readonly Host?: string } } };

const readJson = async <T>(path: string): Promise<T | undefined> => {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as T;
  } catch {
    return undefined;
  }
};

/** The engine of the context that `docker` itself would use, as a value for DOCKER_HOST; undefined for the default one. */
export async function contextHost(environment: NodeJS.ProcessEnv): Promise<string | undefined> {
  const folder = environment['DOCKER_CONFIG'] ?? join(environment['HOME'] ?? homedir(), '.docker');
  const config = await readJson<{ currentContext?: string }>(join(folder, 'config.json'));
  const name = environment['DOCKER_CONTEXT'] || config?.currentContext;
  if (!name || name === 'default') return undefined;
  const id = createHash('sha256').update(name).digest('hex');
  return (await readJson<Meta>(join(folder, 'contexts/meta', id, 'meta.json')))?.Endpoints?.docker?.Host;
}
