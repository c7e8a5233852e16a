import { Type } from 'typebox';
import { exampleToken } from '../../../../examples.ts';

export const exampleRefreshToken =
  'AZnwyHo8fG6fbj0rGg-ejW0zY2ZQ0n4xq0c2wJt9uB3m1o8sKk5vX7eR2yLhT6aQdNfPgUjV4iZbWcEoSxHrMA';

/** A refresh token; what it holds is nobody's business but auth-service's. */
export const RefreshToken = Type.String({
  minLength: 1,
  maxLength: 512,
  description: 'Opaque, good for one use',
});

const accessToken = {
  accessToken: Type.String(),
  tokenType: Type.Literal('Bearer'),
  expiresIn: Type.Integer({ description: 'Seconds until the access token ends' }),
};

/** An access token of a session that goes on as it was. */
export const AccessAnswer = Type.Object(accessToken);

/** What a session hands out: a short access token, and the token that the next pair is asked for with. */
export const SessionTokens = Type.Object({
  ...accessToken,
  refreshToken: RefreshToken,
  refreshExpiresIn: Type.Integer({
    description: 'Seconds until the refresh token ends, and the session if it is not used',
  }),
});

export const noStore = { 'cache-control': { description: '`no-store`' } };

/** A pair of tokens. */
export const tokensAnswer = {
  description: 'Tokens',
  headers: noStore,
  body: SessionTokens,
  example: {
    accessToken: exampleToken,
    tokenType: 'Bearer',
    expiresIn: 600,
    refreshToken: exampleRefreshToken,
    refreshExpiresIn: 1_209_600,
  },
} as const;
