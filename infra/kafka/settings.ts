import { readFileSync } from 'node:fs';
import type { SaslOptions } from '@contact-sync/kafka';

/** Where to deploy to. */
export type Settings = {
  readonly brokers: readonly string[];
  readonly registryUrl: string;
  readonly registryAuth?: { readonly username: string; readonly password: string };
  readonly replicationFactor?: number;
  readonly tls: boolean;
  readonly sasl?: SaslOptions;
};

type Environment = Readonly<Record<string, string | undefined>>;

const mechanisms = ['plain', 'scram-sha-256', 'scram-sha-512'] as const;

/** A setting, or the content of the file that `<name>_FILE` names. */
const secret = (environment: Environment, name: string): string | undefined => {
  const file = environment[`${name}_FILE`];
  return file === undefined ? environment[name] : readFileSync(file, 'utf8').trim();
};

const readSasl = (environment: Environment): SaslOptions | undefined => {
  const name = environment['KAFKA_SASL_MECHANISM'];
  if (name === undefined || name === '') return undefined;
  const mechanism = mechanisms.find((known) => known === name);
  const username = environment['KAFKA_SASL_USERNAME'];
  const password = secret(environment, 'KAFKA_SASL_PASSWORD');
  if (mechanism === undefined) {
    throw new Error(`KAFKA_SASL_MECHANISM: "${name}" is none of ${mechanisms.join(', ')}`);
  }
  if (!username || !password) {
    throw new Error('KAFKA_SASL_MECHANISM needs KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD (or _FILE)');
  }
  return { mechanism, username, password };
};

const readRegistryAuth = (environment: Environment): Settings['registryAuth'] => {
  const username = environment['SCHEMA_REGISTRY_USERNAME'];
  const password = secret(environment, 'SCHEMA_REGISTRY_PASSWORD');
  return username && password ? { username, password } : undefined;
};

const readReplicationFactor = (environment: Environment): number | undefined => {
  const text = environment['KAFKA_REPLICATION_FACTOR'];
  if (text === undefined || text === '') return undefined;
  const factor = Number(text);
  if (Number.isInteger(factor) && factor >= 1) return factor;
  throw new Error(`KAFKA_REPLICATION_FACTOR: "${text}" is no whole number from 1`);
};

/** Reads the settings from the environment. Throws an Error that names the one that is missing or wrong. */
export const readSettings = (environment: Environment): Settings => {
  const brokers = (environment['KAFKA_BROKERS'] ?? '').split(',').flatMap((text) => text.trim() || []);
  const registryUrl = environment['SCHEMA_REGISTRY_URL'] ?? '';
  if (brokers.length === 0) throw new Error('KAFKA_BROKERS is not set (host:port, comma-separated)');
  if (registryUrl === '') throw new Error("SCHEMA_REGISTRY_URL is not set (the registry's base URL)");
  const sasl = readSasl(environment);
  const registryAuth = readRegistryAuth(environment);
  const replicationFactor = readReplicationFactor(environment);
  return {
    brokers,
    registryUrl: registryUrl.replace(/\/+$/, ''),
    tls: environment['KAFKA_TLS'] === 'true',
    ...(sasl === undefined ? {} : { sasl }),
    ...(registryAuth === undefined ? {} : { registryAuth }),
    ...(replicationFactor === undefined ? {} : { replicationFactor }),
  };
};
