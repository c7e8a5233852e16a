import { createPublicKey, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import type { Scope } from '@contact-sync/api-contracts';
import { type AccessClaims, accessTokenAlgorithm, accessTokenType, publicAudience } from './access-claims.ts';
import type { Access } from './connect-access.ts';
import type { JwksSource } from './jwks.ts';
import { createKeyRing } from './key-ring.ts';
import type { Role } from './roles.ts';

type Claims = Partial<AccessClaims> & Readonly<Record<string, unknown>>;

/** A stand-in for auth-service in tests: it signs real tokens with a real key and publishes that key. */
export type TestIssuer = {
  /** The published key set, to be given to `createKeyRing`. */
  readonly source: JwksSource;
  /** What an app takes the issuer's tokens by; nothing is revoked. */
  readonly access: () => Access;
  readonly userToken: (role: Role, claims?: Claims) => string;
  readonly machineToken: (scopes: readonly Scope[], claims?: Claims) => string;
  /** Signs whatever it is given, with the issuer's key and `kid` unless the header says otherwise. */
  readonly sign: (claims: unknown, header?: Readonly<Record<string, unknown>>) => string;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
};

const encode = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url');

const commonClaims = (issuer: string): AccessClaims => {
  const iat = Math.floor(Date.now() / 1_000);
  return {
    iss: issuer,
    aud: publicAudience,
    sub: randomUUID(),
    sid: randomUUID(),
    jti: randomUUID(),
    epoch: 0,
    roles: [],
    scope: '',
    iat,
    exp: iat + 600,
  };
};

const nothingRevoked: Access['revocations'] = { standing: () => 'live', revokes: () => false };

/** Makes an issuer, with a fresh key of its own where none is given. */
export const createTestIssuer = (
  options: { issuer?: string; keyId?: string; privateKey?: KeyObject } = {},
): TestIssuer => {
  const {
    issuer = 'contact-sync',
    keyId = randomUUID(),
    privateKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
  } = options;
  const publicKey = createPublicKey(privateKey);
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: keyId, alg: accessTokenAlgorithm, use: 'sig' };
  const signToken: TestIssuer['sign'] = (claims, header) => {
    const head = { alg: accessTokenAlgorithm, typ: accessTokenType, kid: keyId, ...header };
    const input = `${encode(head)}.${encode(claims)}`;
    const signature = sign('sha256', Buffer.from(input), { key: privateKey, dsaEncoding: 'ieee-p1363' });
    return `${input}.${signature.toString('base64url')}`;
  };
  const source: JwksSource = { load: async () => ({ keys: [jwk] }), close: async () => undefined };
  return {
    source,
    access: () => ({ keys: createKeyRing(source), revocations: nothingRevoked }),
    userToken: (role, claims) => signToken({ ...commonClaims(issuer), roles: [role], ...claims }),
    machineToken: (scopes, claims) => {
      const common = commonClaims(issuer);
      return signToken({ ...common, client_id: common.sub, scope: scopes.join(' '), ...claims });
    },
    sign: signToken,
    publicKey,
    privateKey,
  };
};
