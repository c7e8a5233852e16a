import { createSecretKey, type KeyObject } from 'node:crypto';

/** How a source signs: `X-Acme-*` headers, or Standard Webhooks. One scheme a source (design section 2, "Webhook"). */
export type SignatureScheme = 'acme' | 'standard-webhooks';

const secretPrefix = 'whsec_';

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** What is wrong with a secret's text, without a word of the secret; undefined when nothing is. */
export const faultOfSecret = (scheme: SignatureScheme, secret: string): string | undefined => {
  if (scheme === 'acme') {
    const bytes = Buffer.byteLength(secret);
    return bytes >= 16 && bytes <= 512 ? undefined : 'must be 16 to 512 bytes long';
  }
  if (!secret.startsWith(secretPrefix)) return `must start with "${secretPrefix}"`;
  if (!base64.test(secret.slice(secretPrefix.length))) return 'must be base64 after its prefix';
  const bytes = keyBytes(scheme, secret).length;
  return bytes >= 24 && bytes <= 64 ? undefined : 'must hold 24 to 64 bytes';
};

/** The HMAC key that a secret's text stands for: its own UTF-8 bytes, or what `whsec_…` encodes. */
export const keyOf = (scheme: SignatureScheme, secret: string): KeyObject =>
  createSecretKey(keyBytes(scheme, secret));

const keyBytes = (scheme: SignatureScheme, secret: string): Buffer => {
  if (scheme === 'acme') return Buffer.from(secret, 'utf8');
  return Buffer.from(secret.startsWith(secretPrefix) ? secret.slice(secretPrefix.length) : secret, 'base64');
};
