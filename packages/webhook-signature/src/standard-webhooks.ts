import type { VerifierOptions } from './acme.ts';
import { refused, type SignatureVerifier } from './delivery.ts';
import { readHeader } from './header.ts';
import { hmacSha256 } from './hmac.ts';
import { judge, type SignatureHeaders } from './judge.ts';
import { keyOf } from './scheme.ts';
import { checkedSeconds } from './timestamp.ts';

const headers: SignatureHeaders = {
  signature: 'webhook-signature',
  timestamp: 'webhook-timestamp',
  separator: ' ',
  decode(listed) {
    const base64 = /^v1,([A-Za-z0-9+/]{43}=)$/.exec(listed)?.[1];
    if (base64 === undefined) return undefined;
    const signature = Buffer.from(base64, 'base64');
    // The last character has two bits that mean nothing: accept one spelling only.
    return signature.toString('base64') === base64 ? signature : undefined;
  },
};

/** A full stop in the id would let the boundary between id and timestamp move (Standard Webhooks, "Signature scheme"). */
const messageId = /^[^.\s]+$/;

const maxIdLength = 256;

/**
 * Verifies the symmetric scheme `v1` of Standard Webhooks 1.0. Throws a TypeError at once when the secrets were read for
 * another scheme.
 */
export const createStandardWebhooksVerifier = (options: VerifierOptions): SignatureVerifier => {
  const { secrets, toleranceSeconds = 300 } = options;
  if (secrets.scheme !== 'standard-webhooks') {
    throw new TypeError('these secrets were read for another scheme');
  }
  return {
    verify(delivery) {
      const id = readHeader(delivery, 'webhook-id', maxIdLength);
      if (id.state === 'missing') return refused('SIGNATURE_MISSING');
      if (id.state !== 'one' || !messageId.test(id.text)) return refused('SIGNATURE_INVALID');
      const contentHead = (timestamp: string) => `${id.text}.${timestamp}.`;
      return judge(delivery, secrets, toleranceSeconds, headers, contentHead);
    },
  };
};

export type StandardWebhooksDelivery = {
  /** `whsec_` and base64; one, or all that count while they rotate. */
  readonly secret: string | readonly string[];
  /** The message's id, without a full stop. */
  readonly id: string;
  /** Unix seconds of this attempt. */
  readonly timestamp: number;
  readonly body: Uint8Array | string;
};

/** The headers of a Standard Webhooks sender. Throws a RangeError on an id or a time that cannot be signed. */
export const signStandardWebhooks = ({ secret, id, timestamp, body }: StandardWebhooksDelivery) => {
  const stamp = checkedSeconds(timestamp);
  if (!messageId.test(id)) throw new RangeError('a message id holds no full stop and no white space');
  const secrets = typeof secret === 'string' ? [secret] : secret;
  const sign = (one: string) =>
    hmacSha256(keyOf('standard-webhooks', one), `${id}.${stamp}.`, body).toString('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': stamp,
    'webhook-signature': secrets.map((one) => `v1,${sign(one)}`).join(' '),
  };
};
