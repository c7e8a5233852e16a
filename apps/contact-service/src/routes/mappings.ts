import type { mappingRoutes } from '@contact-sync/api-contracts';
import type { RouteHandlers } from '@contact-sync/service-kit';
import { compareMappings, type MappingPorts, readMappingById } from '../use-cases/read-mappings.ts';

/** `/api/v1/mappings` (design section 4). */
export const mappingHandlers = (ports: MappingPorts): RouteHandlers<typeof mappingRoutes> => {
  const { mapping } = ports;
  return {
    getMapping: () => ({ status: 200, body: { id: mapping.id, definition: mapping.definition } }),
    getKeptMapping: async ({ params: { id } }) => ({
      status: 200,
      body: { id, definition: await readMappingById(ports, id) },
    }),
    diffMappings: async ({ query }) => {
      const { removed, added, changed, settings } = await compareMappings(ports, query);
      const difference = {
        removed: [...removed],
        added: [...added],
        changed: [...changed],
        settings: [...settings],
      };
      return { status: 200, body: { ...query, ...difference } };
    },
    previewMapping: ({ body }) => {
      const { contact, lossy, failed, ignored } = mapping.preview(body.record);
      const problems = { lossy: [...lossy], failed: [...failed], ignored: [...ignored] };
      return { status: 200, body: { mappingId: mapping.id, contact, ...problems } };
    },
  };
};
