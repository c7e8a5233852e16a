/** How a client says who it is. */
export type Credentials =
  | { readonly email: string; readonly password: string }
  | {
      readonly clientId: string;
      readonly clientSecret: string;
      readonly audience?: string;
      readonly scope?: string;
    }
  | { readonly accessToken: string };

export type AccessTokens = {
  /** A token that is valid for a while. */
  readonly get: () => Promise<string>;
  /** Forgets a token that was refused. */
  readonly forget: (token: string) => void;
};

type Grant = { readonly token: string; readonly expiresIn: number };

/** Asks the API for a token. */
export type Grants = {
  readonly logIn: (credentials: { email: string; password: string }) => Promise<Grant>;
  readonly requestToken: (form: Readonly<Record<string, string>>) => Promise<Grant>;
};

/** A token is renewed when so much of its life is over. */
const RENEW_AFTER = 0.8;

const granting = (
  credentials: Exclude<Credentials, { accessToken: string }>,
  grants: Grants,
): Promise<Grant> => {
  if ('email' in credentials) {
    const { email, password } = credentials;
    return grants.logIn({ email, password });
  }
  const { clientId, clientSecret, audience = 'integration-api', scope } = credentials;
  return grants.requestToken({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
    audience,
    ...(scope !== undefined && { scope }),
  });
};

/** Tokens by credentials: one request at a time for all who wait, renewed before they expire. */
export const accessTokens = (credentials: Credentials, grants: Grants): AccessTokens => {
  if ('accessToken' in credentials) {
    return { get: async () => credentials.accessToken, forget: () => undefined };
  }
  let held: { readonly token: string; readonly renewAt: number } | undefined;
  let asking: Promise<string> | undefined;
  const ask = async (): Promise<string> => {
    const askedAt = Date.now();
    const { token, expiresIn } = await granting(credentials, grants);
    held = { token, renewAt: askedAt + expiresIn * 1_000 * RENEW_AFTER };
    return token;
  };
  return {
    get: async () => {
      if (held && Date.now() < held.renewAt) return held.token;
      asking ??= ask().finally(() => {
        asking = undefined;
      });
      return asking;
    },
    forget: (token) => {
      if (held?.token === token) held = undefined;
    },
  };
};
