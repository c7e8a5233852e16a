import { createCipheriv, createDecipheriv, createHash, hkdfSync } from 'node:crypto';
import { parse, stringify } from 'uuid';

const ID_BYTES = 16;
/** How long what makes a seal its own is, in bytes. */
export const SEAL_BYTES = 12;
const TAG_BYTES = 16;
const VERSION_8 = 0x80;
const VARIANT = 0x80;

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
  const id = createHash('sha256').update('session').update(family).digest().subarray(0, ID_BYTES);
  id[6] = ((id[6] ?? 0) & 0x0f) | VERSION_8;
  id[8] = ((id[8] ?? 0) & 0x3f) | VARIANT;
  return stringify(id);
};

const fromBytes = (bytes: Buffer): RefreshToken => ({
  userId: stringify(bytes.subarray(0, ID_BYTES)),
  sessionId: sessionIdOf(bytes.subarray(ID_BYTES, ID_BYTES + FAMILY_BYTES)),
  hash: createHash('sha256').update(bytes).digest('base64url'),
  bytes,
});

/** The first token of a session. `family` and `secret` are random, of {@link FAMILY_BYTES} and {@link SECRET_BYTES}. */
export const firstRefreshToken = (userId: string, family: Buffer, secret: Buffer): RefreshToken =>
  fromBytes(Buffer.concat([parse(userId), family, secret]));

/** The token that follows `parent` in its session. */
export const childOf = (parent: RefreshToken, secret: Buffer): RefreshToken =>
  fromBytes(Buffer.concat([parent.bytes.subarray(0, ID_BYTES + FAMILY_BYTES), secret]));

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

// Of the token as it was shown, which is stored nowhere: who reads the store cannot open what it holds.
const keyFrom = (parent: RefreshToken): Buffer =>
  Buffer.from(hkdfSync('sha256', parent.bytes, '', 'child of a refresh token', 32));

/** The child for the store, in a form that only the bearer of `parent` can open. `iv` is random, of {@link SEAL_BYTES}. */
export const sealChild = (parent: RefreshToken, child: RefreshToken, iv: Buffer): string => {
  const cipher = createCipheriv('aes-256-gcm', keyFrom(parent), iv);
  const secret = child.bytes.subarray(ID_BYTES + FAMILY_BYTES);
  const sealed = Buffer.concat([cipher.update(secret), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
};

/**
 * The child that was sealed for the bearer of `parent`.
 *
 * @throws {Error} where it was sealed for another token.
 */
export const openChild = (parent: RefreshToken, sealed: string): RefreshToken => {
  const bytes = Buffer.from(sealed, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', keyFrom(parent), bytes.subarray(0, SEAL_BYTES));
  decipher.setAuthTag(bytes.subarray(SEAL_BYTES, SEAL_BYTES + TAG_BYTES));
  const secret = Buffer.concat([decipher.update(bytes.subarray(SEAL_BYTES + TAG_BYTES)), decipher.final()]);
  return childOf(parent, secret);
};
