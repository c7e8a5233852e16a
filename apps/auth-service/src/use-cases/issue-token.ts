import type { AccessClaims } from '@contact-sync/access';
import type { TokenStamp } from '../domain/access-token.ts';
import type { TokenSigner } from '../ports.ts';

export type TokenSettings = { readonly issuer: string; readonly ttlSeconds: number };

/** An access token as it is handed out. */
export type IssuedToken = { readonly token: string; readonly expiresIn: number };

export type TokenIssuer = {
  /** The stamp of a token that begins now and lives as long as tokens do, or as `lifeSeconds` where that is less. */
  readonly stamp: (ids: Pick<TokenStamp, 'sessionId' | 'tokenId'>, lifeSeconds?: number) => TokenStamp;
  /** Signs what must be on record by then. */
  readonly sign: (claims: AccessClaims) => Promise<IssuedToken>;
};

/** Makes access tokens. */
export const createTokenIssuer = (
  signer: TokenSigner,
  { issuer, ttlSeconds }: TokenSettings,
): TokenIssuer => ({
  stamp: (ids, lifeSeconds = ttlSeconds) => {
    const now = Math.floor(Date.now() / 1_000);
    return { ...ids, issuer, now, ttlSeconds: Math.min(ttlSeconds, lifeSeconds) };
  },
  sign: async (claims) => ({ token: await signer.sign(claims), expiresIn: claims.exp - claims.iat }),
});
