import { createHash } from 'node:crypto';
import { AppError, eventHash, limits, type StoredContact } from '@contact-sync/domain';
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
export type IdempotencyClaim = {
  readonly scope: string;
  readonly fingerprint: string;
  /** Whose answers it counts among. */
  readonly owner: string;
};

/** What a repeat is answered with. */
export type StoredAnswer = {
  readonly status: number;
  /** Of the contact as it was left. */
  readonly version: number;
  /** JSON; absent where the answer has no body. */
  readonly body?: string;
  /** Of an answer that is kept without its body, since that was too long. */
  readonly isCut?: true;
};

/** An answer with the request that it was given to. */
export type KeptAnswer = IdempotencyClaim & { readonly answer: StoredAnswer };

/** An answer as it is kept: without a body that is longer than the limit. */
export const toKeep = (claim: IdempotencyClaim, answer: StoredAnswer): KeptAnswer => {
  const { body, ...rest } = answer;
  const isShort = body === undefined || body.length <= limits.keptBodyLength;
  return { ...claim, answer: isShort ? answer : { ...rest, isCut: true } };
};

/**
 * The whole of an answer that was kept without its body, made of the contact while that is as it was then.
 *
 * @throws {AppError} IDEMPOTENCY_KEY_EXPIRED where the contact has moved on.
 */
export const madeWhole = (answer: StoredAnswer, contact: StoredContact | null): StoredAnswer => {
  if (!answer.isCut) return answer;
  if (contact?.version === answer.version) {
    const { isCut: _, ...rest } = answer;
    return { ...rest, body: JSON.stringify(contact) };
  }
  throw new AppError('IDEMPOTENCY_KEY_EXPIRED', {
    message: 'The request was carried out, but its answer is no longer kept.',
  });
};

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
  owner: digest(principal),
});

/** The id of the contact that a POST with a key makes: the same at each repeat, so no crash leaves it in between. */
export const idOfKeyedCreate = ({ principal, key }: Pick<RequestScope, 'principal' | 'key'>): string =>
  v5(JSON.stringify([principal, key]), namespace);
