import { Type } from 'typebox';
import { defineRoute } from '../../define-route.ts';
import { exampleToken } from '../../examples.ts';

/** Parameters beyond these are ignored, as RFC 6749 section 3.2 asks. */
const TokenRequest = Type.Object({
  grant_type: Type.String({ maxLength: 64 }),
  audience: Type.Optional(Type.String({ maxLength: 64, description: 'Whom the token is for' })),
  scope: Type.Optional(Type.String({ maxLength: 1_024 })),
  client_id: Type.Optional(Type.String({ maxLength: 64 })),
  client_secret: Type.Optional(Type.String({ maxLength: 512 })),
});

const TokenAnswer = Type.Object({
  access_token: Type.String(),
  token_type: Type.Literal('Bearer'),
  expires_in: Type.Integer({ description: 'Seconds' }),
  scope: Type.String(),
});

export const requestToken = defineRoute({
  name: 'requestToken',
  method: 'POST',
  path: '/oauth2/token',
  service: 'auth-service',
  access: 'public',
  summary: 'An access token for a machine',
  description:
    'The client-credentials grant of RFC 6749. The client says who it is by Basic credentials or by `client_id` and `client_secret` in the form, not by both. Problems carry the `error` word of the RFC too.',
  limit: 'login',
  body: {
    schema: TokenRequest,
    as: 'form',
    types: ['application/x-www-form-urlencoded'],
    limitBytes: 16_384,
    example: { grant_type: 'client_credentials', audience: 'integration-api', scope: 'contacts:read' },
  },
  answers: {
    200: {
      description: 'A token',
      headers: { 'cache-control': { description: '`no-store`' } },
      body: TokenAnswer,
      example: { access_token: exampleToken, token_type: 'Bearer', expires_in: 600, scope: 'contacts:read' },
    },
  },
  errors: ['INVALID_CLIENT', 'UNSUPPORTED_GRANT_TYPE', 'INVALID_SCOPE', 'STORAGE_FULL'],
});
