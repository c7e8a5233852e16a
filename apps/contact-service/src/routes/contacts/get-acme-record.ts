import type { contactRoutes } from '@contact-sync/api-contracts';
import type { RouteHandler } from '@contact-sync/service-kit';
import type { ContactStore } from '../../ports.ts';
import { followLink } from '../../use-cases/follow-link.ts';
import { readMirror } from '../../use-cases/read-contacts.ts';

/** AcmeCRM's record as last received, unknown members included. */
export const getAcmeRecord =
  (store: ContactStore): RouteHandler<typeof contactRoutes.getAcmeRecord> =>
  async ({ params }) => {
    const mirror = await followLink(store, params.id, (id) => readMirror(store, id));
    const { sourceId, sourceVersion, deleted, takenAt, record } = mirror;
    return { status: 200, body: { sourceId, sourceVersion, deleted, takenAt, record } };
  };
