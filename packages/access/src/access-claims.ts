import { type Static, Type } from 'typebox';

/** `aud` of tokens for public routes; internal routes take their service's own name (design section 4). */
export const publicAudience = 'integration-api';

/** `typ` of an access token (RFC 9068). */
export const accessTokenType = 'at+jwt';

/** The one algorithm that signs access tokens. */
export const accessTokenAlgorithm = 'ES256';

const id = Type.String({ minLength: 1, maxLength: 128 });
const seconds = Type.Integer({ minimum: 0, maximum: 253_402_300_799 });

/**
 * The claims of an access token. A user's token carries `roles` and an empty `scope`; a machine's carries `client_id`
 * (RFC 9068) equal to `sub`, no roles and its granted `scope`. Times are Unix seconds.
 */
export const AccessClaims = Type.Object({
  iss: id,
  aud: id,
  sub: id,
  sid: id,
  jti: id,
  epoch: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
  roles: Type.Array(Type.String({ maxLength: 64 }), { maxItems: 16 }),
  scope: Type.String({ maxLength: 1_024 }),
  client_id: Type.Optional(id),
  iat: seconds,
  nbf: Type.Optional(seconds),
  exp: seconds,
});
export type AccessClaims = Static<typeof AccessClaims>;
