import { createHash } from 'node:crypto';
import { AppError, eventHash } from '@contact-sync/domain';
import { v5 } from 'uuid';

/** Fixed for ever: a repeated POST finds its contact by it (design rule 7). */
const namespace = 'b3f0a7c2-6e0d-5b1a-8c47-2f9e1d3a5c64';

/** Whose request it is; the same key of another principal, method or path is another request. */
export type RequestScope = {
  readonly principal: string;
  readonly method: string;
  readonly path: string;
  readonly key: string;
};

/** A request that may come again. */
export type IdempotencyClaim = { readonly scope: string; readonly fingerprint: string };

/** What a repeat is answered with. */
export type StoredAnswer = {
  readonly status: number;
  readonly version?: number;
  readonly location?: string;
  /** JSON; absent where the answer has no body. */
  readonly body?: string;
};

/** An answer with the request that it was given to. */
export type KeptAnswer = IdempotencyClaim & { readonly answer: StoredAnswer };

/**
 * The answer that a request had before; null where it had none.
 *
 * @throws {AppError} IDEMPOTENCY_KEY_REUSED where the key stood on another body.
 */
export const answerOfRepeat = (
  claim: IdempotencyClaim,
  kept: Pick<KeptAnswer, 'fingerprint' | 'answer'> | null,
): StoredAnswer | null => {
  if (kept === null || kept.fingerprint === claim.fingerprint) return kept?.answer ?? null;
  throw new AppError('IDEMPOTENCY_KEY_REUSED', {
    message: 'This Idempotency-Key was used for a request with another body.',
  });
};

const digest = (...parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url');

/** `body` is told from another by its canonical JSON. */
export const claimOf = ({ principal, method, path, key }: RequestScope, body: unknown): IdempotencyClaim => ({
  scope: digest(principal, method, path, key),
  fingerprint: eventHash(body ?? null),
});

/** The id of the contact that a POST with a key makes: the same at each repeat, so no crash leaves it in between. */
export const idOfKeyedCreate = ({ principal, key }: Pick<RequestScope, 'principal' | 'key'>): string =>
  v5(JSON.stringify([principal, key]), namespace);
