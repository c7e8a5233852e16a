import {
  ConfigError,
  identitySettings,
  loadConfig,
  redisSettings,
  serverSettings,
} from '@contact-sync/service-kit';
import { type Static, Type } from 'typebox';
import { type BootstrapClient, readBootstrapClients } from './domain/bootstrap-clients.ts';
import type { KeySet } from './domain/key-set.ts';
import { readSigningKeys } from './domain/signing-keys.ts';

/** Longest life of an access token that the settings allow, in seconds. */
export const longestTokenSeconds = 3_600;

/** auth-service's settings; see .env.example for working local values. */
export const Config = Type.Object({
  ...serverSettings({ port: 3001, opsPort: 3101 }),
  ...redisSettings,
  TOKEN_ISSUER: Type.String({
    ...identitySettings.TOKEN_ISSUER,
    description: 'The `iss` of the tokens made here; every service expects the same',
  }),
  ACCESS_TOKEN_TTL_SECONDS: Type.Integer({
    default: 600,
    minimum: 30,
    maximum: longestTokenSeconds,
    description: 'Life of an access token, in seconds',
  }),
  REFRESH_TOKEN_TTL_SECONDS: Type.Integer({
    default: 1_209_600,
    minimum: 60,
    maximum: 31_536_000,
    description: 'Life of a session that is not refreshed, in seconds; each refresh begins it anew',
  }),
  SESSION_MAX_SECONDS: Type.Integer({
    default: 7_776_000,
    minimum: 60,
    maximum: 31_536_000,
    description: 'Life of a session at most, in seconds, however often it is refreshed',
  }),
  SIGNING_KEYS: Type.String({
    writeOnly: true,
    description:
      'JWK Set of private P-256 keys, as SIGNING_KEYS_FILE, which is read anew when it changes; the first signs, all are published',
  }),
  BOOTSTRAP_CLIENTS: Type.String({
    writeOnly: true,
    description: 'Machine clients to make or update at boot, a JSON list, as BOOTSTRAP_CLIENTS_FILE',
  }),
  BOOTSTRAP_ADMIN_EMAIL: Type.Optional(
    Type.String({
      pattern: '^[^\\s@]+@[^\\s@]+$',
      maxLength: 320,
      examples: ['admin@example.com'],
      description: 'E-mail of the admin that is made while there is no user at all',
    }),
  ),
  BOOTSTRAP_ADMIN_PASSWORD: Type.Optional(
    Type.String({
      minLength: 12,
      maxLength: 1_024,
      writeOnly: true,
      description: 'Password of that admin',
    }),
  ),
  PASSWORD_CHECKS_AT_ONCE: Type.Integer({
    default: 2,
    minimum: 1,
    maximum: 32,
    description: 'Logins checked at the same time; each takes 19 MiB and a thread',
  }),
  PASSWORD_CHECKS_WAITING: Type.Integer({
    default: 32,
    minimum: 0,
    maximum: 1_000,
    description: 'Logins that may wait for their turn; further ones are answered 503',
  }),
  LOGIN_FREE_FAILURES: Type.Integer({
    default: 10,
    minimum: 1,
    maximum: 1_000,
    description: 'Bad tries in a row before an account backs off',
  }),
  LOGIN_FREE_NETWORK_FAILURES: Type.Integer({
    default: 50,
    minimum: 1,
    maximum: 100_000,
    description:
      'Bad tries from one network, whatever the accounts, before it backs off; accounts that were logged in from there do not',
  }),
  LOGIN_BACKOFF_MAX_SECONDS: Type.Integer({
    default: 900,
    minimum: 1,
    maximum: 86_400,
    description:
      'Longest time that an account or a network backs off, in seconds; it doubles from one second',
  }),
  AUDIT_ENTRIES: Type.Integer({
    default: 100_000,
    minimum: 100,
    maximum: 10_000_000,
    description: 'About how many entries of each audit trail are kept, the newest ones',
  }),
});

/** The settings of auth-service, its secrets read and checked. */
export type Settings = Readonly<Static<typeof Config>> & {
  readonly signingKeys: KeySet;
  /** Where the signing keys are read anew when they change; undefined where they came as they are. */
  readonly signingKeysFile: string | undefined;
  readonly clients: readonly BootstrapClient[];
  readonly admin: { readonly email: string; readonly password: string } | undefined;
};

const readAdmin = (config: Static<typeof Config>, faults: string[]): Settings['admin'] => {
  const { BOOTSTRAP_ADMIN_EMAIL: email, BOOTSTRAP_ADMIN_PASSWORD: password } = config;
  if (email !== undefined && password !== undefined) return { email, password };
  if (email !== undefined)
    faults.push(
      'BOOTSTRAP_ADMIN_PASSWORD: is required beside BOOTSTRAP_ADMIN_EMAIL, for example BOOTSTRAP_ADMIN_PASSWORD_FILE=/run/secrets/admin-password',
    );
  if (password !== undefined)
    faults.push(
      'BOOTSTRAP_ADMIN_EMAIL: is required beside BOOTSTRAP_ADMIN_PASSWORD, for example BOOTSTRAP_ADMIN_EMAIL=admin@example.com',
    );
  return undefined;
};

/**
 * Reads the settings and what their secrets hold.
 *
 * @throws {ConfigError} with every fault and its place, never a value.
 */
export const readSettings = (environment: NodeJS.ProcessEnv): Settings => {
  const config = loadConfig(Config, environment);
  const keys = readSigningKeys(config.SIGNING_KEYS);
  const clients = readBootstrapClients(config.BOOTSTRAP_CLIENTS);
  const faults = [
    ...keys.faults.map(
      (fault) => `SIGNING_KEYS${fault}, for example SIGNING_KEYS_FILE=/run/secrets/signing-keys.json`,
    ),
    ...clients.faults.map(
      (fault) =>
        `BOOTSTRAP_CLIENTS${fault}, for example BOOTSTRAP_CLIENTS_FILE=/run/secrets/bootstrap-clients.json`,
    ),
  ];
  const admin = readAdmin(config, faults);
  const [first, ...others] = keys.keys;
  if (first === undefined || faults.length > 0) throw new ConfigError(faults);
  const { SIGNING_KEYS: given, SIGNING_KEYS_FILE: file } = environment;
  const signingKeysFile = given ? undefined : file;
  return { ...config, signingKeys: [first, ...others], signingKeysFile, clients: clients.clients, admin };
};
