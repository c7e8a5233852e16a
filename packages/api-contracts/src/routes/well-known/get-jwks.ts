import { type Static, Type } from 'typebox';
import { defineRoute } from '../../define-route.ts';

const coordinate = Type.String({ pattern: '^[\\w-]{43}$' });

/** The public half of a signing key (RFC 7517), ES256 alone. */
export const PublicJwk = Type.Object(
  {
    kty: Type.Literal('EC'),
    crv: Type.Literal('P-256'),
    x: coordinate,
    y: coordinate,
    kid: Type.String({ pattern: '^[\\w.-]{1,64}$' }),
    alg: Type.Literal('ES256'),
    use: Type.Literal('sig'),
  },
  { additionalProperties: false },
);
export type PublicJwk = Static<typeof PublicJwk>;

export const getJwks = defineRoute({
  name: 'getJwks',
  method: 'GET',
  path: '/.well-known/jwks.json',
  service: 'auth-service',
  access: 'public',
  summary: 'Keys that verify access tokens',
  description:
    'The public halves of all signing keys as a JWK Set (RFC 7517); two of them while keys rotate.',
  limit: 'read',
  answers: {
    200: {
      description: 'The keys',
      headers: { 'cache-control': { description: 'How long they may be kept' } },
      body: Type.Object({ keys: Type.Array(PublicJwk) }),
      example: {
        keys: [
          {
            kty: 'EC',
            crv: 'P-256',
            x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
            y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
            kid: '2026-11',
            alg: 'ES256',
            use: 'sig',
          },
        ],
      },
    },
  },
  errors: [],
});
