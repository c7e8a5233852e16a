import { createHmac } from 'node:crypto';
import { createTestIssuer, type TestIssuer } from './test-issuer.ts';

const segments = (token: string) => {
  const [header = '', payload = '', signature = ''] = token.split('.');
  return { header, payload, signature };
};

const encode = (part: unknown) =>
  Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url');

const claimsOf = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(segments(token).payload, 'base64url').toString());

/** The same signature as most other formats than JWS have it (RFC 7518 section 3.4 asks for R and S side by side). */
const derOf = (signature: string): string => {
  const bytes = Buffer.from(signature, 'base64url');
  const integer = (part: Buffer) => {
    const value = (part[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), part]) : part;
    return Buffer.concat([Buffer.of(2, value.length), value]);
  };
  const pair = Buffer.concat([integer(bytes.subarray(0, 32)), integer(bytes.subarray(32))]);
  return Buffer.concat([Buffer.of(0x30, pair.length), pair]).toString('base64url');
};

type Named = readonly (readonly [name: string, token: string])[];

/** A good token, and what it takes to make a bad one of it. */
const workshop = (issuer: TestIssuer) => {
  const token = issuer.userToken('viewer');
  const { header, payload, signature } = segments(token);
  const claims = claimsOf(token);
  const kid = JSON.parse(Buffer.from(header, 'base64url').toString()).kid;
  const stranger = createTestIssuer();
  return { issuer, stranger, token, header, payload, signature, claims, kid };
};

type Workshop = ReturnType<typeof workshop>;

const oddHeaders = ({ issuer, stranger, payload, signature, claims, kid }: Workshop): Named => {
  const pem = issuer.publicKey.export({ type: 'spki', format: 'pem' });
  const hmacInput = `${encode({ alg: 'HS256', typ: 'at+jwt', kid })}.${payload}`;
  const hmac = createHmac('sha256', pem).update(hmacInput).digest('base64url');
  const unsigned = (alg: string) => `${encode({ alg, typ: 'at+jwt', kid })}.${payload}`;
  const withHeader = (more: Record<string, unknown>) => issuer.sign(claims, more);
  return [
    ['alg none without a signature', `${unsigned('none')}.`],
    ['alg none with the old signature', `${unsigned('none')}.${signature}`],
    ['alg NONE', `${unsigned('NoNe')}.${signature}`],
    ['alg HS256 keyed with the public key', `${hmacInput}.${hmac}`],
    ['alg RS256', withHeader({ alg: 'RS256' })],
    ['alg ES384', withHeader({ alg: 'ES384' })],
    ['no alg', withHeader({ alg: undefined })],
    ['alg as a list', withHeader({ alg: ['ES256'] })],
    [
      'alg twice',
      `${encode(`{"alg":"none","alg":"ES256","typ":"at+jwt","kid":"${kid}"}`)}.${payload}.${signature}`,
    ],
    ['an unknown key id', withHeader({ kid: 'nobody' })],
    ['no key id', withHeader({ kid: undefined })],
    ['a key id that is a path', withHeader({ kid: '../../dev/null' })],
    ['a key id that is an injection', withHeader({ kid: "' OR 1=1 --" })],
    ['a key id that is a number', withHeader({ kid: 1 })],
    ['a key id with a line end', withHeader({ kid: `${kid}\r\nx: y` })],
    ['a key id that is an object', withHeader({ kid: { toString: 1 } })],
    ['a key id of the prototype', withHeader({ kid: '__proto__' })],
    ['jku', withHeader({ jku: 'https://attacker.example/jwks.json' })],
    ['x5u', withHeader({ x5u: 'https://attacker.example/cert.pem' })],
    ['x5c', withHeader({ x5c: ['MIIB'] })],
    ['jwk', stranger.sign(claims, { kid, jwk: stranger.publicKey.export({ format: 'jwk' }) })],
    ['crit', withHeader({ crit: ['exp'], exp: 1 })],
    ['an empty crit', withHeader({ crit: [] })],
    ['b64', withHeader({ b64: false })],
    ['typ JWT', withHeader({ typ: 'JWT' })],
    ['typ rt+jwt', withHeader({ typ: 'rt+jwt' })],
    ['no typ', withHeader({ typ: undefined })],
  ];
};

const oddClaims = ({ issuer, claims }: Workshop): Named => {
  const withClaims = (more: Record<string, unknown>) => issuer.sign({ ...claims, ...more });
  const without = (name: string) => issuer.sign({ ...claims, [name]: undefined });
  const now = Math.floor(Date.now() / 1_000);
  return [
    ['another issuer', withClaims({ iss: 'elsewhere' })],
    ['no issuer', without('iss')],
    ['issuers as a list', withClaims({ iss: ['contact-sync'] })],
    ['another audience', withClaims({ aud: 'somebody' })],
    ['audiences as a list', withClaims({ aud: ['integration-api', 'contact-service'] })],
    ['no audience', without('aud')],
    ['no subject', without('sub')],
    ['an empty subject', withClaims({ sub: '' })],
    ['no token id', without('jti')],
    ['no session', without('sid')],
    ['no epoch', without('epoch')],
    ['an epoch that is text', withClaims({ epoch: '0' })],
    ['a fractional epoch', withClaims({ epoch: 0.5 })],
    ['no roles', without('roles')],
    ['roles that are text', withClaims({ roles: 'admin' })],
    ['neither roles nor client', withClaims({ roles: [] })],
    ['both roles and client', withClaims({ client_id: claims['sub'] })],
    ['a client that is not the subject', withClaims({ roles: [], client_id: 'x', scope: 'contacts:read' })],
    ['an expired token', withClaims({ exp: now - 1 })],
    ['no exp', without('exp')],
    ['exp as text', withClaims({ exp: String(now + 600) })],
    ['exp true', withClaims({ exp: true })],
    ['exp null', withClaims({ exp: null })],
    ['exp as a list', withClaims({ exp: [now + 600] })],
    ['exp in the far future', withClaims({ exp: 1e300 })],
    ['a negative exp', withClaims({ exp: -1e300 })],
    ['nbf in the future', withClaims({ nbf: now + 60 })],
    ['a negative nbf', withClaims({ nbf: -1 })],
    ['nbf as text', withClaims({ nbf: 'now' })],
  ];
};

const oddShapes = ({ issuer, stranger, token, header, payload, signature, claims, kid }: Workshop): Named => [
  ['an empty signature', `${header}.${payload}.`],
  ['a zero signature', `${header}.${payload}.${Buffer.alloc(64).toString('base64url')}`],
  ['a short signature', `${header}.${payload}.AA`],
  ['a signature in DER', `${header}.${payload}.${derOf(signature)}`],
  ['a flipped payload bit', `${header}.${encode({ ...claims, roles: ['admin'] })}.${signature}`],
  ['a stranger with our key id', stranger.sign(claims, { kid })],
  ['a list as payload', issuer.sign([claims])],
  ['text as payload', issuer.sign('claims')],
  ['null as payload', issuer.sign(null)],
  ['payload that is not JSON', `${header}.${encode('{')}.${signature}`],
  ['header that is not JSON', `${encode('}')}.${payload}.${signature}`],
  ['header that is null', `${encode('null')}.${payload}.${signature}`],
  ['base64 padding', `${token}=`],
  ['five parts', `${token}.${header}.${payload}`],
  ['a nested token', issuer.sign({ ...claims, sub: token.repeat(2) })],
  ['deep nesting', `${header}.${encode('['.repeat(4_000))}.${signature}`],
  ['a huge token', issuer.sign({ ...claims, pad: 'x'.repeat(9_000) })],
  ['two tokens', `${token}, Bearer ${token}`],
  ['a refresh token', `${'r'.repeat(43)}`],
  ['a lone comma', ','],
  ['nothing', ''],
];

/**
 * What somebody without the issuer's key, or with a token that is not for this, may try, by name (reliability 29): each is
 * to be answered 401.
 */
export const hostileTokens = (issuer: TestIssuer): Named => {
  const made = workshop(issuer);
  return [...oddHeaders(made), ...oddClaims(made), ...oddShapes(made)];
};
