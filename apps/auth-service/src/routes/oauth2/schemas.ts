import { type Static, Type } from 'typebox';

/** Parameters beyond these are ignored, as RFC 6749 section 3.2 asks. */
export const TokenRequest = Type.Object({
  grant_type: Type.String({ maxLength: 64 }),
  audience: Type.Optional(Type.String({ maxLength: 64, description: 'Whom the token is for' })),
  scope: Type.Optional(Type.String({ maxLength: 1_024 })),
  client_id: Type.Optional(Type.String({ maxLength: 64 })),
  client_secret: Type.Optional(Type.String({ maxLength: 512 })),
});
export type TokenRequest = Static<typeof TokenRequest>;

export const TokenAnswer = Type.Object({
  access_token: Type.String(),
  token_type: Type.Literal('Bearer'),
  expires_in: Type.Integer({ description: 'Seconds' }),
  scope: Type.String(),
});
