import { accessTokenAlgorithm, accessTokenType } from '@contact-sync/access';
import { SignJWT } from 'jose';
import type { SigningKey } from '../domain/signing-keys.ts';
import type { TokenSigner } from '../ports.ts';

/** Signs with one key and names it in the header. */
export const createTokenSigner = ({ privateKey, publicJwk }: SigningKey): TokenSigner => ({
  sign: (claims) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: accessTokenAlgorithm, typ: accessTokenType, kid: publicJwk.kid })
      .sign(privateKey),
});
