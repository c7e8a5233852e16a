import { requirePrincipal } from '@contact-sync/access';
import { Problem } from '@contact-sync/api-contracts';
import type { App } from '@contact-sync/service-kit';
import type { DescribePrincipal } from '../../use-cases/describe-principal.ts';
import { Me } from './schemas.ts';

/** `GET me`: who the token's bearer is. */
export const meRoute = (app: App, describePrincipal: DescribePrincipal): void => {
  app.get(
    '/me',
    {
      config: { permission: 'authenticated' },
      schema: { response: { 200: Me, '4xx': Problem, '5xx': Problem } },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      return describePrincipal(requirePrincipal(request));
    },
  );
};
