import { RevocationPage } from '@contact-sync/api-contracts';
import { AppError, compileGuard } from '@contact-sync/domain';
import { createHttpClient, type HttpResponse } from '@contact-sync/service-kit';
import type { Static } from 'typebox';
import type { ServiceTokens } from '../service-tokens.ts';

const isPage = compileGuard(RevocationPage);

/** What follows from a cursor; all of it where `snapshot`. */
export type RevokedSince = Pick<Static<typeof RevocationPage>, 'cursor' | 'snapshot' | 'revocations'>;

/** Where revocations come from. */
export type RevocationSource = {
  /**
   * What was revoked since the cursor, within a second or so also where that is nothing; all of it, as a snapshot, where
   * there is no cursor or it is not known any more.
   *
   * @throws where that cannot be told now, and when the signal is aborted.
   */
  readonly next: (cursor: string | undefined, signal: AbortSignal) => Promise<RevokedSince>;
  readonly close: () => Promise<void>;
};

/** auth-service answers within a second where nothing was revoked. */
const TIMEOUT_MS = 2_000;

const pageOf = ({ status, json }: HttpResponse): RevokedSince => {
  if (status === 200 && isPage(json)) return json;
  throw new AppError('DEPENDENCY_UNAVAILABLE', {
    message: 'Tokens cannot be verified right now.',
    internal: `auth-service answered ${status} for what it has revoked`,
    retryable: true,
  });
};

/** The log of auth-service, read with this service's own tokens. */
export const remoteRevocations = (options: {
  readonly authUrl: string;
  /** For auth-service, with the scope `revocations:read`. Closed with the source. */
  readonly tokens: ServiceTokens;
}): RevocationSource => {
  const { authUrl, tokens } = options;
  const http = createHttpClient({
    peer: 'auth-service',
    baseUrl: authUrl,
    timeoutMs: TIMEOUT_MS,
    connections: 1,
  });
  return {
    next: async (cursor, signal) => {
      const token = await tokens.getToken();
      const query = cursor === undefined ? '' : `?${new URLSearchParams({ after: cursor })}`;
      const answer = await http.request({
        method: 'GET',
        path: `/internal/revocations${query}`,
        headers: { authorization: `Bearer ${token}` },
        signal,
      });
      if (answer.status === 401) tokens.invalidate(token);
      return pageOf(answer);
    },
    close: async () => {
      await tokens.close();
      await http.close();
    },
  };
};
