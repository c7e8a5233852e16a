/** Longest token that is looked at, in characters. Ours have about 600. */
const MAX_TOKEN_LENGTH = 8_192;

const bearer = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i;

/**
 * The compact JWS of an `Authorization: Bearer` header; undefined where the header holds anything else, an oversized
 * token, or one without a signature. No other place of a request is ever looked at.
 */
export const bearerTokenOf = (authorization: string | undefined): string | undefined => {
  if (authorization === undefined || authorization.length > MAX_TOKEN_LENGTH + 'Bearer '.length)
    return undefined;
  return bearer.exec(authorization)?.[1];
};
