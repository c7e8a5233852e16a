import { readFileSync } from 'node:fs';
import { type Client, type Credentials, createClient } from '@contact-sync/client';
import { UsageError } from './usage-error.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

const settings = `Settings of the environment:
  GATEWAY_URL    the gateway's address, http://127.0.0.1:3000 by default
  OPS_TOKEN      an access token; or
  OPS_EMAIL, OPS_PASSWORD    an account with the permission events:replay (role admin); or
  OPS_CLIENT_ID, OPS_CLIENT_SECRET    a machine client with that scope
Each may stand in a file that NAME_FILE names.`;

const settingOf = (environment: Environment, name: string): string | undefined => {
  const file = environment[`${name}_FILE`];
  return environment[name] ?? (file === undefined ? undefined : readFileSync(file, 'utf8').trim());
};

const credentialsOf = (environment: Environment): Credentials => {
  const value = (name: string) => settingOf(environment, name);
  const accessToken = value('OPS_TOKEN');
  if (accessToken !== undefined) return { accessToken };
  const [email, password] = [value('OPS_EMAIL'), value('OPS_PASSWORD')];
  if (email !== undefined && password !== undefined) return { email, password };
  const [clientId, clientSecret] = [value('OPS_CLIENT_ID'), value('OPS_CLIENT_SECRET')];
  if (clientId !== undefined && clientSecret !== undefined) return { clientId, clientSecret };
  throw new UsageError(`Who asks is not said.\n\n${settings}`);
};

/**
 * The gateway's API by the settings of the environment.
 *
 * @throws {UsageError} where they do not say who asks.
 */
export const connectApi = (environment: Environment): Client =>
  createClient({
    baseUrl: settingOf(environment, 'GATEWAY_URL') ?? 'http://127.0.0.1:3000',
    credentials: credentialsOf(environment),
    timeoutMs: 30_000,
  });
