import type { contactRoutes } from '@contact-sync/api-contracts';
import type { RouteHandler } from '@contact-sync/service-kit';
import type { ContactStore } from '../../ports.ts';
import { readMirror } from '../../use-cases/read-contacts.ts';

/** AcmeCRM's record as last received, unknown members included. */
export const getAcmeRecord =
  (store: ContactStore): RouteHandler<typeof contactRoutes.getAcmeRecord> =>
  async ({ params }) => {
    const { sourceId, sourceVersion, deleted, takenAt, record } = await readMirror(store, params.id);
    return { status: 200, body: { sourceId, sourceVersion, deleted, takenAt, record } };
  };
