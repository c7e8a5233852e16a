import type { machineRoutes } from '@contact-sync/api-contracts';
import type { RouteHandlers, RouteHooks } from '@contact-sync/service-kit';
import { type CurrentKeys, publishedOf } from '../../domain/key-set.ts';
import type { GrantMachineToken } from '../../use-cases/grant-machine-token.ts';
import { addOAuthError } from './oauth-errors.ts';
import { requestToken } from './request-token.ts';

/** The OAuth 2.0 face for machines (RFC 6749), and the keys that verify every token (RFC 7517). */
export const machineHandlers = (
  grantMachineToken: GrantMachineToken,
  signingKeys: CurrentKeys,
): RouteHandlers<typeof machineRoutes> => ({
  requestToken: requestToken(grantMachineToken),
  getJwks: () => ({
    status: 200,
    headers: { 'cache-control': 'public, max-age=60' },
    body: { keys: [...publishedOf(signingKeys.get())] },
  }),
});

export const machineHooks: RouteHooks<typeof machineRoutes> = {
  requestToken: { preSerialization: addOAuthError },
};
