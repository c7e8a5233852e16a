import type { SignatureVerifier } from './delivery.ts';
import { hmacSha256 } from './hmac.ts';
import { judge, type SignatureHeaders } from './judge.ts';
import { keyOf } from './scheme.ts';
import type { SecretSource } from './secret-set.ts';
import { checkedSeconds } from './timestamp.ts';

export type VerifierOptions = {
  readonly secrets: SecretSource;
  /** How far the sender's clock may be off, before or behind. 300 by default. */
  readonly toleranceSeconds?: number;
};

const headers: SignatureHeaders = {
  signature: 'x-acme-signature',
  timestamp: 'x-acme-timestamp',
  separator: ',',
  decode(listed) {
    const hex = /^\s*sha256=([0-9a-f]{64})\s*$/.exec(listed)?.[1];
    return hex === undefined ? undefined : Buffer.from(hex, 'hex');
  },
};

/**
 * Verifies AcmeCRM's own scheme (design section 2, "Webhook"). Throws a TypeError at once when the secrets were read for
 * another scheme.
 */
export const createAcmeVerifier = (options: VerifierOptions): SignatureVerifier => {
  const { secrets, toleranceSeconds = 300 } = options;
  if (secrets.scheme !== 'acme') throw new TypeError('these secrets were read for another scheme');
  return {
    verify: (delivery) => judge(delivery, secrets, toleranceSeconds, headers, (timestamp) => `${timestamp}.`),
  };
};

export type AcmeDelivery = {
  /** One secret, or all that count while they rotate. */
  readonly secret: string | readonly string[];
  /** Unix seconds of this attempt. */
  readonly timestamp: number;
  readonly body: Uint8Array | string;
};

/** The headers that AcmeCRM would send with `body`. Throws a RangeError on a time that is no whole Unix second. */
export const signAcme = ({ secret, timestamp, body }: AcmeDelivery) => {
  const stamp = checkedSeconds(timestamp);
  const secrets = typeof secret === 'string' ? [secret] : secret;
  const sign = (one: string) => hmacSha256(keyOf('acme', one), `${stamp}.`, body).toString('hex');
  return {
    'x-acme-timestamp': stamp,
    'x-acme-signature': secrets.map((one) => `sha256=${sign(one)}`).join(','),
  };
};
