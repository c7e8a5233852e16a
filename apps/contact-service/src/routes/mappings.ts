import type { mappingRoutes } from '@contact-sync/api-contracts';
import type { CompiledMapping } from '@contact-sync/field-mapper';
import type { RouteHandlers } from '@contact-sync/service-kit';

/** `/api/v1/mappings` (design section 4). */
export const mappingHandlers = (mapping: CompiledMapping): RouteHandlers<typeof mappingRoutes> => ({
  getMapping: () => ({ status: 200, body: { id: mapping.id, definition: mapping.definition } }),
  previewMapping: ({ body }) => {
    const { contact, lossy, failed, ignored } = mapping.preview(body.record);
    const problems = { lossy: [...lossy], failed: [...failed], ignored: [...ignored] };
    return { status: 200, body: { mappingId: mapping.id, contact, ...problems } };
  },
});
