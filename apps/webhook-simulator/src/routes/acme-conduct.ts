import type { simulatorRoutes } from '@contact-sync/api-contracts';
import type { RouteHandlers } from '@contact-sync/service-kit';
import type { CrmConduct } from '../crm-ports.ts';

type Handlers = Pick<RouteHandlers<typeof simulatorRoutes>, 'getAcmeConduct' | 'setAcmeConduct'>;

/** `/api/v1/simulator/acme/conduct`. */
export const conductHandlers = (conduct: CrmConduct): Handlers => ({
  getAcmeConduct: async () => ({
    status: 200,
    headers: { 'cache-control': 'no-store' },
    body: { conduct: await conduct.current() },
  }),
  setAcmeConduct: async ({ body }) => {
    await conduct.set(body.conduct, body.seconds);
    return { status: 204 };
  },
});
