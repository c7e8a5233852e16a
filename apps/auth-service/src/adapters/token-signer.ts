import { accessTokenAlgorithm, accessTokenType } from '@contact-sync/access';
import type { CurrentKeys } from '../domain/key-set.ts';
import type { TokenSigner } from '../ports.ts';
import { signEs256 } from './es256.ts';

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

/** Signs with the key that is the first at that moment, and names it in the header. */
export const createTokenSigner = (keys: CurrentKeys): TokenSigner => ({
  sign: async (claims) => {
    const [{ privateKey, publicJwk }] = keys.get();
    const header = { alg: accessTokenAlgorithm, typ: accessTokenType, kid: publicJwk.kid };
    const input = `${encode(header)}.${encode(claims)}`;
    return `${input}.${signEs256(input, privateKey).toString('base64url')}`;
  },
});
