import type { contactRoutes } from '@contact-sync/api-contracts';
import type { RouteHandler } from '@contact-sync/service-kit';
import { type ErasurePorts, eraseContact as erase } from '../../use-cases/erase-contact.ts';
import { authorOf } from './edit-requests.ts';

/** Erasing twice is answered as the first time. */
export const eraseContact =
  (ports: ErasurePorts): RouteHandler<typeof contactRoutes.eraseContact> =>
  async (request) => {
    const { id, erasure } = await erase(ports, { id: request.params.id, by: authorOf(request) });
    return { status: 200, body: { id, erasedAt: erasure.at, erasedBy: erasure.by } };
  };
