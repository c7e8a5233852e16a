import { createHash, timingSafeEqual } from 'node:crypto';
import { publicAudience } from '@contact-sync/access';
import { isInternalScope, type Scope } from '@contact-sync/api-contracts';

/** A program that may ask for tokens in its own name. Its secret is high-entropy, so a plain hash protects it. */
export type MachineClient = {
  readonly id: string;
  /** SHA-256 of the secret, hex. */
  readonly secretHash: string;
  /** The secret before, which is taken too for a while. */
  readonly oldSecret?: { readonly hash: string /** Unix seconds. */; readonly until: number };
  /** Whom its tokens may be for; the first is the default. */
  readonly audiences: readonly string[];
  readonly scopes: readonly Scope[];
  readonly epoch: number;
};

export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');

const nobody = '0'.repeat(64);

const isHashOf = (secret: string, hash: string): boolean => {
  const [expected, given] = [Buffer.from(hash, 'hex'), Buffer.from(hashSecret(secret), 'hex')];
  return expected.length === given.length && timingSafeEqual(expected, given);
};

/**
 * Whether `secret` is one of the client's at the time `now` (Unix seconds); takes the same time for an unknown client as
 * for a wrong secret.
 */
export const secretMatches = (client: MachineClient | undefined, secret: string, now: number): boolean => {
  const { oldSecret } = client ?? {};
  const isPresent = isHashOf(secret, client?.secretHash ?? nobody);
  const isOld = isHashOf(secret, oldSecret?.hash ?? nobody);
  return client !== undefined && (isPresent || (isOld && now < (oldSecret?.until ?? 0)));
};

export type Grant = { readonly audience: string; readonly scopes: readonly Scope[] };

/** Scopes that mean something to `audience`: permissions in public, internal scopes at a service. */
const scopesFor = (client: MachineClient, audience: string): readonly Scope[] =>
  client.scopes.filter((scope) => isInternalScope(scope) === (audience !== publicAudience));

/**
 * What the client gets for what it asked: one of its audiences, and a subset of the scopes it has there (all of them
 * where it names none). Undefined where it asks for more than it has.
 */
export const grantTo = (
  client: MachineClient,
  asked: { readonly audience?: string | undefined; readonly scope?: string | undefined },
): Grant | undefined => {
  const audience = asked.audience ?? client.audiences[0];
  if (audience === undefined || !client.audiences.includes(audience)) return undefined;
  const held = scopesFor(client, audience);
  if (asked.scope === undefined) return { audience, scopes: held };
  const wanted = new Set(asked.scope.split(' ').filter((name) => name !== ''));
  const scopes = held.filter((scope) => wanted.has(scope));
  return scopes.length === wanted.size ? { audience, scopes } : undefined;
};
