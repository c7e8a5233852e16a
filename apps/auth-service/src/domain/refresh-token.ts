import { hash } from 'node:crypto';
import { parse, stringify } from 'uuid';

const ID_BYTES = 16;
const VERSION_8 = 0x80;
const VARIANT = 0x80;
const SESSION = Buffer.from('session');
const PAD = Buffer.from('child of a refresh token');

/** How long the part is that differs in each token of a session, in bytes. */
export const SECRET_BYTES = 32;
/** How long the part is that all tokens of a session share, in bytes. */
export const FAMILY_BYTES = 16;

const TOKEN_BYTES = ID_BYTES + FAMILY_BYTES + SECRET_BYTES;

/**
 * A refresh token: whose it is, the family that all tokens of a session share, and a secret of its own. The family is
 * secret too, so whoever shows one of ours with another secret had a token of that session.
 */
export type RefreshToken = {
  readonly userId: string;
  /** A UUID that follows from the family; nobody can tell the family from it. */
  readonly sessionId: string;
  /** SHA-256 of the token, by which alone it is stored. */
  readonly hash: string;
  readonly bytes: Buffer;
};

const sessionIdOf = (family: Buffer): string => {
  const id = hash('sha256', Buffer.concat([SESSION, family]), 'buffer').subarray(0, ID_BYTES);
  id[6] = ((id[6] ?? 0) & 0x0f) | VERSION_8;
  id[8] = ((id[8] ?? 0) & 0x3f) | VARIANT;
  return stringify(id);
};

const hashOf = (bytes: Buffer): string => hash('sha256', bytes, 'base64url');

const fromBytes = (bytes: Buffer): RefreshToken => ({
  userId: stringify(bytes.subarray(0, ID_BYTES)),
  sessionId: sessionIdOf(bytes.subarray(ID_BYTES, ID_BYTES + FAMILY_BYTES)),
  hash: hashOf(bytes),
  bytes,
});

/** The first token of a session. `family` and `secret` are random, of {@link FAMILY_BYTES} and {@link SECRET_BYTES}. */
export const firstRefreshToken = (userId: string, family: Buffer, secret: Buffer): RefreshToken =>
  fromBytes(Buffer.concat([parse(userId), family, secret]));

/** The token that follows `parent` in its session. */
export const childOf = ({ userId, sessionId, bytes: shown }: RefreshToken, secret: Buffer): RefreshToken => {
  const bytes = Buffer.concat([shown.subarray(0, ID_BYTES + FAMILY_BYTES), secret]);
  return { userId, sessionId, hash: hashOf(bytes), bytes };
};

export const textOf = ({ bytes }: RefreshToken): string => bytes.toString('base64url');

/** The token that a text stands for; undefined where it cannot be one, in the one spelling of {@link textOf}. */
export const readRefreshToken = (text: string): RefreshToken | undefined => {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length !== TOKEN_BYTES || bytes.toString('base64url') !== text) return undefined;
  try {
    return fromBytes(bytes);
  } catch {
    return undefined;
  }
};

/**
 * A one-time pad of the token as it was shown, which is stored nowhere: who reads the store cannot open what it holds. A
 * token has one child that counts, and what is sealed is as random as the pad, so a plain hash is enough (docs/adr/0043).
 */
const padOf = (parent: RefreshToken): Buffer => hash('sha256', Buffer.concat([PAD, parent.bytes]), 'buffer');

const masked = (secret: Buffer, pad: Buffer): Buffer =>
  Buffer.from(secret.map((byte, place) => byte ^ (pad[place] ?? 0)));

/** The child for the store, in a form that only the bearer of `parent` can open. */
export const sealChild = (parent: RefreshToken, child: RefreshToken): string =>
  masked(child.bytes.subarray(ID_BYTES + FAMILY_BYTES), padOf(parent)).toString('base64url');

/** The child that was sealed for the bearer of `parent`. */
export const openChild = (parent: RefreshToken, sealed: string): RefreshToken =>
  childOf(parent, masked(Buffer.from(sealed, 'base64url'), padOf(parent)));
