import type { contactRoutes } from '@contact-sync/api-contracts';
import type { RouteHandler } from '@contact-sync/service-kit';
import { type ErasurePorts, liftErasure as lift } from '../../use-cases/erase-contact.ts';

/** What was erased stays gone. */
export const liftErasure =
  (ports: ErasurePorts): RouteHandler<typeof contactRoutes.liftErasure> =>
  async ({ params }) => {
    await lift(ports, params.id);
    return { status: 204 };
  };
