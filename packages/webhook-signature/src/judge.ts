import { timingSafeEqual } from 'node:crypto';
import { type Delivery, refused, type Verdict } from './delivery.ts';
import { readHeader } from './header.ts';
import { hmacSha256 } from './hmac.ts';
import type { Secret } from './secret.ts';
import type { SecretSource } from './secret-set.ts';

/** Five secrets' worth of signatures; a header with more is no rotation. */
const maxSignatures = 5;

const maxSignatureHeader = 1_024;

const maxTimestampLength = 32;

/** No sign, fraction, exponent, white space or leading zero: one time has one spelling. */
const unixSeconds = /^(?:0|[1-9][0-9]{0,14})$/;

export type SignatureHeaders = {
  readonly signature: string;
  readonly timestamp: string;
  readonly separator: string;
  /** The 32 bytes of one listed signature; undefined for one of another kind or form, which is passed over. */
  readonly decode: (listed: string) => Buffer | undefined;
};

/** The steps that both schemes share; `contentHead` gives what is signed before the body. */
export const judge = (
  delivery: Delivery,
  source: SecretSource,
  toleranceSeconds: number,
  names: SignatureHeaders,
  contentHead: (timestamp: string) => string,
): Verdict => {
  const header = readHeader(delivery, names.signature, maxSignatureHeader);
  if (header.state === 'missing') return refused('SIGNATURE_MISSING');
  const stamp = readHeader(delivery, names.timestamp, maxTimestampLength);
  if (stamp.state !== 'one') return refused('TIMESTAMP_INVALID');
  if (header.state !== 'one') return refused('SIGNATURE_INVALID');

  const listed = header.text.split(names.separator, maxSignatures + 1);
  if (listed.length > maxSignatures) return refused('SIGNATURE_INVALID');
  const signatures = listed.map(names.decode).filter((signature) => signature !== undefined);
  const secret = signerOf(signatures, source.active(delivery.now), contentHead(stamp.text), delivery.body);
  if (secret === undefined) return refused('SIGNATURE_INVALID');

  if (!unixSeconds.test(stamp.text)) return refused('TIMESTAMP_INVALID');
  const timestamp = Number(stamp.text);
  const apartSeconds = Math.abs(Math.floor(delivery.now / 1_000) - timestamp);
  // Negated so that a clock that is not a number refuses.
  if (!(apartSeconds <= toleranceSeconds)) return refused('TIMESTAMP_OUTSIDE_WINDOW');
  source.used(secret.id, delivery.now);
  return { ok: true, secretId: secret.id, timestamp };
};

const signerOf = (
  signatures: readonly Buffer[],
  secrets: readonly Secret[],
  head: string,
  body: Uint8Array,
): Secret | undefined => {
  if (signatures.length === 0) return undefined;
  return secrets.find((secret) => {
    const expected = hmacSha256(secret.key, head, body);
    return signatures.some((signature) => timingSafeEqual(signature, expected));
  });
};
