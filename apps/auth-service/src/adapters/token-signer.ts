import { type KeyObject, sign } from 'node:crypto';
import { accessTokenAlgorithm, accessTokenType } from '@contact-sync/access';
import type { CurrentKeys } from '../domain/key-set.ts';
import type { TokenSigner } from '../ports.ts';

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

/** ES256 (RFC 7518 section 3.4): both integers of the signature side by side, not in DER. */
const es256 = (input: string, key: KeyObject): string =>
  sign('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url');

/** Signs with the key that is the first at that moment, and names it in the header. */
export const createTokenSigner = (keys: CurrentKeys): TokenSigner => ({
  sign: async (claims) => {
    const [{ privateKey, publicJwk }] = keys.get();
    const header = { alg: accessTokenAlgorithm, typ: accessTokenType, kid: publicJwk.kid };
    const input = `${encode(header)}.${encode(claims)}`;
    return `${input}.${es256(input, privateKey)}`;
  },
});
