import { randomBytes } from 'node:crypto';
import { v7 } from 'uuid';
import { userClaims } from '../domain/access-token.ts';
import { auditEntry } from '../domain/audit-entry.ts';
import { FAMILY_BYTES, firstRefreshToken, SECRET_BYTES, textOf } from '../domain/refresh-token.ts';
import type { Origin } from '../domain/session.ts';
import type { User } from '../domain/user.ts';
import type { Sessions } from '../ports.ts';
import type { IssuedToken, TokenIssuer } from './issue-token.ts';

/** What a session hands out. */
export type TokenPair = {
  readonly sessionId: string;
  readonly access: IssuedToken;
  readonly refreshToken: string;
  /** Seconds. */
  readonly refreshExpiresIn: number;
};

export type OpenSessionPorts = { readonly sessions: Sessions; readonly tokens: TokenIssuer };

/** Begins a session of a user; where it has too many, the longest unused ones end. */
export const createOpenSession =
  ({ sessions, tokens }: OpenSessionPorts, { refreshTtlSeconds }: { readonly refreshTtlSeconds: number }) =>
  async (user: User, origin: Origin): Promise<TokenPair> => {
    const refreshToken = firstRefreshToken(user.id, randomBytes(FAMILY_BYTES), randomBytes(SECRET_BYTES));
    const { sessionId } = refreshToken;
    const claims = userClaims(user, tokens.stamp({ sessionId, tokenId: v7() }));
    const { address, userAgent } = origin;
    const beyond = await sessions.open({
      id: sessionId,
      userId: user.id,
      generation: user.generation,
      tokenHash: refreshToken.hash,
      tokenId: claims.jti,
      accessUntil: claims.exp,
      userAgent,
      address,
      begun: auditEntry('session.begun', `user:${user.id}`, `session:${sessionId}`, origin),
    });
    const note = (id: string) =>
      auditEntry('session.ended', 'service:auth-service', `session:${id}`, undefined, { reason: 'too many' });
    await sessions.end(
      user.id,
      beyond.map((id) => ({ id, note: note(id) })),
    );
    return {
      sessionId,
      access: await tokens.sign(claims),
      refreshToken: textOf(refreshToken),
      refreshExpiresIn: refreshTtlSeconds,
    };
  };

export type OpenSession = ReturnType<typeof createOpenSession>;
