import type { AccessClaims } from '@contact-sync/access';
import { v7 } from 'uuid';
import type { TokenStamp } from '../domain/access-token.ts';
import type { TokenRecords, TokenSigner } from '../ports.ts';

export type IssueTokenPorts = { readonly records: TokenRecords; readonly signer: TokenSigner };
export type TokenSettings = { readonly issuer: string; readonly ttlSeconds: number };

/** An access token as it is handed out. */
export type IssuedToken = { readonly token: string; readonly expiresIn: number };

/** Makes a token of fresh ids; it is given out only once it is on record. */
export const createIssueToken =
  ({ records, signer }: IssueTokenPorts, { issuer, ttlSeconds }: TokenSettings) =>
  async (toClaims: (stamp: TokenStamp) => AccessClaims): Promise<IssuedToken> => {
    const now = Math.floor(Date.now() / 1_000);
    const claims = toClaims({ issuer, sessionId: v7(), tokenId: v7(), now, ttlSeconds });
    const token = await signer.sign(claims);
    await records.record(claims);
    return { token, expiresIn: ttlSeconds };
  };

export type IssueToken = ReturnType<typeof createIssueToken>;
