import type { LoggedDelivery, simulatorRoutes } from '@contact-sync/api-contracts';
import { AppError } from '@contact-sync/domain';
import type { RouteHandlers } from '@contact-sync/service-kit';
import type { DeliveryLog } from '../ports.ts';
import type { Deliveries } from '../use-cases/deliveries.ts';
import { afterCursor, withCursor } from './id-cursor.ts';

type Handlers = Pick<
  RouteHandlers<typeof simulatorRoutes>,
  'listDeliveries' | 'getDelivery' | 'sendDelivery' | 'redeliver'
>;

type Filters = Partial<Pick<LoggedDelivery, 'runId' | 'scenario' | 'acmeId' | 'state'>> & {
  readonly eventId?: string;
};

const isWantedBy =
  ({ runId, scenario, acmeId, state, eventId }: Filters) =>
  (delivery: LoggedDelivery): boolean =>
    (runId === undefined || delivery.runId === runId) &&
    (scenario === undefined || delivery.scenario === scenario) &&
    (acmeId === undefined || delivery.acmeId === acmeId) &&
    (state === undefined || delivery.state === state) &&
    (eventId === undefined || delivery.eventIds.includes(eventId));

/** `/api/v1/simulator/deliveries`. An attempt by hand goes on though its caller hangs up. */
export const deliveryHandlers = (
  deliveries: Deliveries,
  log: DeliveryLog,
  closing: AbortSignal,
): Handlers => ({
  listDeliveries: async ({ query: { limit, cursor, ...filters } }) => {
    const page = await log.list({ limit, ...afterCursor(cursor), isWanted: isWantedBy(filters) });
    return { status: 200, body: withCursor([...page.deliveries], page.next) };
  },
  getDelivery: async ({ params }) => {
    const delivery = await log.find(params.id);
    if (!delivery) throw new AppError('NOT_FOUND', { message: 'There is no such delivery, or no longer.' });
    return { status: 200, body: delivery };
  },
  sendDelivery: async ({ body }) => ({ status: 200, body: await deliveries.send(body, closing) }),
  redeliver: async ({ params }) => ({ status: 200, body: await deliveries.redeliver(params.id, closing) }),
});
