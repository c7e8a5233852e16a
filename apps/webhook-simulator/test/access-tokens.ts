import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { type Access, accessTokenType, createKeyRing, publicAudience, type Role } from '@contact-sync/access';

export const issuer = 'contact-sync';

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Keys as auth-service publishes them, and tokens as it gives them to users. */
export const createAccessTokens = (): { access: Access; tokenOf: (role: Role) => string } => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const kid = randomUUID();
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid, alg: 'ES256', use: 'sig' };
  return {
    access: {
      keys: createKeyRing({ load: async () => ({ keys: [jwk] }), close: async () => undefined }),
      revocations: { standing: () => 'live', revokes: () => false },
    },
    tokenOf: (role) => {
      const now = Math.floor(Date.now() / 1_000);
      const claims = {
        iss: issuer,
        aud: publicAudience,
        sub: randomUUID(),
        sid: randomUUID(),
        jti: randomUUID(),
        epoch: 0,
        roles: [role],
        scope: '',
        iat: now,
        exp: now + 600,
      };
      const signed = `${encode({ alg: 'ES256', typ: accessTokenType, kid })}.${encode(claims)}`;
      const signature = sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' });
      return `${signed}.${signature.toString('base64url')}`;
    },
  };
};
