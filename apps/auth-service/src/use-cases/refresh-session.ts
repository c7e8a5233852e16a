import { randomBytes } from 'node:crypto';
import { AppError } from '@contact-sync/domain';
import { v7 } from 'uuid';
import { userClaims } from '../domain/access-token.ts';
import { auditEntry } from '../domain/audit-entry.ts';
import {
  childOf,
  openChild,
  type RefreshToken,
  readRefreshToken,
  SECRET_BYTES,
  sealChild,
  textOf,
} from '../domain/refresh-token.ts';
import type { Origin } from '../domain/session.ts';
import type { Rotation, Sessions } from '../ports.ts';
import type { TokenIssuer } from './issue-token.ts';
import type { TokenPair } from './open-session.ts';

const refused = (): AppError =>
  new AppError('INVALID_CREDENTIALS', { message: 'The refresh token is not good, or no longer.' });

const rotationOf = (presented: RefreshToken, child: RefreshToken, origin: Origin) => {
  const { userId, sessionId, hash: tokenHash } = presented;
  return {
    userId,
    sessionId,
    tokenHash,
    childHash: child.hash,
    sealedChild: sealChild(presented, child),
    userAgent: origin.userAgent,
    address: origin.address,
    reuse: auditEntry('session.reused', `user:${userId}`, `session:${sessionId}`, origin),
  } satisfies Omit<Rotation, 'tokenId' | 'accessUntil'>;
};

/**
 * A refresh token for the next pair (design section 4). A token that was used ends its session, save shortly after and
 * while its child is unused: then the same child is given again.
 *
 * @throws {AppError} INVALID_CREDENTIALS whatever is wrong with it, or what the ports throw.
 */
export const createRefreshSession =
  ({ sessions, tokens }: { readonly sessions: Sessions; readonly tokens: TokenIssuer }) =>
  async (refreshToken: string, origin: Origin): Promise<TokenPair> => {
    const presented = readRefreshToken(refreshToken);
    if (!presented) throw refused();
    const child = childOf(presented, randomBytes(SECRET_BYTES));
    const rotation = rotationOf(presented, child, origin);
    const ids = { sessionId: presented.sessionId, tokenId: v7() };
    const { now, ttlSeconds } = tokens.stamp(ids);
    const access = { tokenId: ids.tokenId, accessUntil: now + ttlSeconds };
    const outcome = await sessions.rotate({ ...rotation, ...access });
    if (outcome.kind !== 'rotated') throw refused();
    const isOurs = outcome.sealedChild === rotation.sealedChild;
    const refreshExpiresIn = Math.ceil(outcome.expiresInMs / 1_000);
    return {
      sessionId: presented.sessionId,
      access: await tokens.sign(userClaims(outcome.user, tokens.stamp(ids, refreshExpiresIn))),
      refreshToken: textOf(isOurs ? child : openChild(presented, outcome.sealedChild)),
      refreshExpiresIn,
    };
  };
