import { createPrivateKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createTestIssuer } from '@contact-sync/access/testing';
import {
  type InternalScope,
  internalScopes,
  isInternalScope,
  type Permission,
  permissions,
  type RouteContract,
} from '@contact-sync/api-contracts';
import type { Caller } from './expectations.ts';

/** Signs as auth-service does: with its own key, so that the running services take what they ought to take. */
export const readIssuer = async (signingKeysFile: string) => {
  const { keys } = JSON.parse(await readFile(signingKeysFile, 'utf8')) as {
    keys: { kid: string; [member: string]: unknown }[];
  };
  const [key] = keys;
  if (!key) throw new Error('the launcher made no signing key');
  return createTestIssuer({ keyId: key.kid, privateKey: createPrivateKey({ key, format: 'jwk' }) });
};

type Issuer = Awaited<ReturnType<typeof readIssuer>>;

const isPermission = (access: string): access is Permission =>
  (permissions as readonly string[]).includes(access);

const scopesFor = ({ access }: RouteContract): [Permission | InternalScope, Permission | InternalScope] => {
  const needed = isInternalScope(access) || isPermission(access) ? access : 'contacts:read';
  const all = isInternalScope(needed) ? internalScopes : permissions;
  return [needed, all.find((scope) => scope !== needed) ?? needed];
};

/**
 * The token that a caller brings to a route, if any. `userId` and `clientId` are a user and a machine that auth-service
 * knows: what a token says of them counts, and whether they exist.
 */
export const tokenOf = (
  issuer: Issuer,
  caller: Caller,
  route: RouteContract,
  { userId, clientId }: { readonly userId: string; readonly clientId: string },
): string | undefined => {
  const [needed, other] = scopesFor(route);
  const machine = { sub: clientId, client_id: clientId };
  const past = Math.floor(Date.now() / 1_000) - 3_600;
  const tokens: Readonly<Record<Caller, () => string | undefined>> = {
    nobody: () => undefined,
    expired: () => issuer.userToken('admin', { sub: userId, iat: past, exp: past + 600 }),
    stranger: () => issuer.userToken('admin', { sub: userId, aud: 'another-api' }),
    viewer: () => issuer.userToken('viewer', { sub: userId }),
    editor: () => issuer.userToken('editor', { sub: userId }),
    admin: () => issuer.userToken('admin', { sub: userId }),
    machine: () => issuer.machineToken([needed], machine),
    'other-machine': () => issuer.machineToken([other], machine),
    service: () => issuer.machineToken([needed], { ...machine, aud: route.service }),
    'other-service': () => issuer.machineToken([other], { ...machine, aud: route.service }),
  };
  return tokens[caller]();
};
