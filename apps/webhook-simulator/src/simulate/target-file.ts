import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { ConfigError, compileSettingsCheck, httpUrl } from '@contact-sync/service-kit';
import { type Static, Type } from 'typebox';
import type { System } from '../adapters/connect-system.ts';

const text = Type.String({ minLength: 1 });

/** A deployed system, as `--target` names it. Files are meant from where this file stands. */
const TargetFile = Type.Object(
  {
    gatewayUrl: httpUrl('gateway-api'),
    ingestUrl: httpUrl('webhook-ingest'),
    acmeSecretsFile: text,
    scheme: Type.Optional(Type.Enum(['acme', 'standard-webhooks'])),
    clientId: text,
    clientSecretFile: text,
  },
  { additionalProperties: false },
);
type TargetFile = Static<typeof TargetFile>;

const check = compileSettingsCheck(TargetFile);

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const parsed = async (path: string): Promise<TargetFile> => {
  const value: unknown = JSON.parse(await readFile(path, 'utf8'));
  const faults = check(value);
  if (faults.length === 0) return value as TargetFile;
  throw new Error(faults.map(({ pointer, detail }) => `${pointer || '/'} ${detail}`).join('; '));
};

/** @throws {ConfigError} where the file, or one that it names, cannot be used. */
export const readTargetFile = async (path: string): Promise<System> => {
  try {
    const { clientSecretFile, scheme = 'acme', ...target } = await parsed(path);
    const besideIt = (file: string) => resolve(dirname(path), file);
    return {
      ...target,
      scheme,
      acmeSecretsFile: besideIt(target.acmeSecretsFile),
      clientSecret: (await readFile(besideIt(clientSecretFile), 'utf8')).trimEnd(),
    };
  } catch (error) {
    throw new ConfigError([`--target ${path}: ${reasonOf(error)}`]);
  }
};
