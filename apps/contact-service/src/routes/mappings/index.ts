import type { CompiledMapping } from '@contact-sync/field-mapper';
import type { App } from '@contact-sync/service-kit';
import { getMappingRoute } from './get-mapping.ts';
import { previewMappingRoute } from './preview-mapping.ts';

/** `/api/v1/mappings` (design section 4). */
export const mappingRoutes = async (app: App, { mapping }: { mapping: CompiledMapping }): Promise<void> => {
  await app.register(getMappingRoute, { mapping });
  await app.register(previewMappingRoute, { mapping });
};
