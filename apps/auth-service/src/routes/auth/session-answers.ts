import type { Session } from '../../domain/session.ts';
import type { IssuedToken } from '../../use-cases/issue-token.ts';
import type { TokenPair } from '../../use-cases/open-session.ts';

export const accessAnswer = ({ token, expiresIn }: IssuedToken) =>
  ({ accessToken: token, tokenType: 'Bearer', expiresIn }) as const;

export const tokensAnswer = ({ access, refreshToken, refreshExpiresIn }: TokenPair) => ({
  ...accessAnswer(access),
  refreshToken,
  refreshExpiresIn,
});

const timeOf = (ms: number): string => new Date(ms).toISOString();

/** A session as its owner sees it, who asks from the session `currentId`. */
export const sessionAnswer = (currentId: string) => (session: Session) => ({
  id: session.id,
  current: session.id === currentId,
  userAgent: session.userAgent,
  address: session.address,
  createdAt: timeOf(session.createdAt),
  lastUsedAt: timeOf(session.lastUsedAt),
  expiresAt: timeOf(session.expiresAt),
});
