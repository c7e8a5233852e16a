import { createPrivateKey, type JsonWebKeyInput, randomUUID, sign } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Stage } from './stage.ts';

const accept = async (response: Response, what: string): Promise<Record<string, unknown>> => {
  if (response.ok) return (await response.json()) as Record<string, unknown>;
  throw new Error(`${what}: auth-service answered ${response.status} ${await response.text()}`);
};

/** The administrator's access token, by a real login. Lives ten minutes, longer than any bench. */
export const logIn = async ({ urlOf, secrets }: Stage): Promise<string> => {
  const response = await fetch(`${urlOf('auth-service')}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(secrets.admin),
  });
  return String((await accept(response, 'login'))['accessToken']);
};

/** event-worker's token for contact-service, by real client credentials. */
export const workerToken = async ({ urlOf, secrets }: Stage): Promise<string> => {
  const credentials = `event-worker:${secrets.clientSecrets['event-worker']}`;
  const response = await fetch(`${urlOf('auth-service')}/oauth2/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', audience: 'contact-service' }),
  });
  return String((await accept(response, 'client credentials'))['access_token']);
};

const encode = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url');

const decode = (part: string | undefined): Readonly<Record<string, unknown>> =>
  JSON.parse(Buffer.from(part ?? '', 'base64url').toString());

const lifetimeSeconds = 3_600;

/**
 * Access tokens with an administrator's rights, each another one, signed with this run's own key: what so many logins would
 * give, without the time that each takes. They are of the administrator, or each of a user whom auth-service does not know.
 * They live for an hour.
 */
export const manyTokens = async (
  stage: Stage,
  count: number,
  whose: 'all of one' | 'each of a user' = 'all of one',
): Promise<string[]> => {
  const [header, claims] = (await logIn(stage)).split('.').slice(0, 2).map(decode);
  const { keys } = JSON.parse(await readFile(stage.secrets.signingKeysFile, 'utf8')) as {
    keys: [JsonWebKeyInput['key']];
  };
  const key = createPrivateKey({ key: keys[0], format: 'jwk' });
  const iat = Math.floor(Date.now() / 1_000);
  return Array.from({ length: count }, () => {
    const user = whose === 'each of a user' && { sub: randomUUID(), sid: randomUUID() };
    const own = { ...claims, ...user, jti: randomUUID(), iat, exp: iat + lifetimeSeconds };
    const input = `${encode(header)}.${encode(own)}`;
    const signature = sign('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' });
    return `${input}.${signature.toString('base64url')}`;
  });
};
