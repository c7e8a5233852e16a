import { type AccessClaims, publicAudience } from '@contact-sync/access';
import type { Grant, MachineClient } from './machine-client.ts';
import type { User } from './user.ts';

/** What a token gets from outside: ids, the time in Unix seconds and the service's settings. */
export type TokenStamp = {
  readonly issuer: string;
  readonly sessionId: string;
  readonly tokenId: string;
  readonly now: number;
  readonly ttlSeconds: number;
};

const stamped = ({ issuer, sessionId, tokenId, now, ttlSeconds }: TokenStamp) => ({
  iss: issuer,
  sid: sessionId,
  jti: tokenId,
  iat: now,
  exp: now + ttlSeconds,
});

/** The claims of a user's token, for public routes only. */
export const userClaims = (user: Pick<User, 'id' | 'epoch' | 'roles'>, stamp: TokenStamp): AccessClaims => ({
  ...stamped(stamp),
  aud: publicAudience,
  sub: user.id,
  epoch: user.epoch,
  roles: [...user.roles],
  scope: '',
});

/** The claims of a machine's token. */
export const machineClaims = (client: MachineClient, grant: Grant, stamp: TokenStamp): AccessClaims => ({
  ...stamped(stamp),
  aud: grant.audience,
  sub: client.id,
  client_id: client.id,
  epoch: client.epoch,
  roles: [],
  scope: grant.scopes.join(' '),
});
