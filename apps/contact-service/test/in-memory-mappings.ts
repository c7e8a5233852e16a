import type { EffectiveDefinition } from '@contact-sync/field-mapper';
import type { MappingArchive } from '../src/ports.ts';

/** Kept mappings that are forgotten with the process. */
export const createInMemoryMappings = (): MappingArchive => {
  const kept = new Map<string, EffectiveDefinition>();
  return {
    keep: async ({ id, definition }) => {
      if (!kept.has(id)) kept.set(id, definition);
    },
    find: async (id) => kept.get(id) ?? null,
  };
};
