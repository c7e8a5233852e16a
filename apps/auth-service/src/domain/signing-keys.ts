import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { PublicJwk } from '@contact-sync/api-contracts';
import { type Static, Type } from 'typebox';
import { createJsonReader } from './json-reader.ts';

const PrivateJwk = Type.Object({ ...PublicJwk.properties, d: Type.String({ pattern: '^[\\w-]{43}$' }) });

const readKeySet = createJsonReader(
  Type.Object({ keys: Type.Array(PrivateJwk, { minItems: 1, maxItems: 10 }) }),
);

export type SigningKey = { readonly privateKey: KeyObject; readonly publicJwk: PublicJwk };

const toKey = ({ kty, crv, alg, use, kid, x, y, d }: Static<typeof PrivateJwk>): SigningKey | string => {
  try {
    const privateKey = createPrivateKey({ key: { kty, crv, x, y, d }, format: 'jwk' });
    const publicKey = createPublicKey({ key: { kty, crv, x, y }, format: 'jwk' });
    // Node takes both halves as they are; a pair that does not fit would make tokens that nobody accepts.
    const probe = Buffer.from(kid);
    if (!verify('sha256', probe, publicKey, sign('sha256', probe, privateKey))) {
      return 'its public half is not of its private half';
    }
    return { privateKey, publicJwk: { kty, crv, alg, use, kid, x, y } };
  } catch {
    return 'is no key on the curve P-256';
  }
};

/** Reads a JWK Set of private ES256 keys; the first of them signs. Either no fault, or no key. */
export const readSigningKeys = (
  text: string,
): { readonly keys: readonly SigningKey[]; readonly faults: readonly string[] } => {
  const read = readKeySet(text);
  if ('faults' in read) return { keys: [], faults: read.faults };
  const { keys: jwks } = read.value;
  const keys: SigningKey[] = [];
  const faults: string[] = [];
  for (const [index, jwk] of jwks.entries()) {
    const key = toKey(jwk);
    if (typeof key === 'string') faults.push(`/keys/${index}: ${key}`);
    else keys.push(key);
    if (jwks.findIndex(({ kid }) => kid === jwk.kid) < index) faults.push(`/keys/${index}/kid: stands twice`);
  }
  return faults.length > 0 ? { keys: [], faults } : { keys, faults };
};
