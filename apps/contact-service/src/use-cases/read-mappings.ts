import { AppError } from '@contact-sync/domain';
import {
  type CompiledMapping,
  definitionDifference,
  type EffectiveDefinition,
} from '@contact-sync/field-mapper';
import type { MappingArchive } from '../ports.ts';

export type MappingPorts = { readonly mapping: CompiledMapping; readonly mappings: MappingArchive };

/**
 * A mapping that is or was in force, by the id that history names.
 *
 * @throws {AppError} MAPPING_NOT_FOUND; retryable ones.
 */
export const readMappingById = async (
  { mapping, mappings }: MappingPorts,
  id: string,
): Promise<EffectiveDefinition> => {
  const found = id === mapping.id ? mapping.definition : await mappings.find(id);
  if (found === null) {
    throw new AppError('MAPPING_NOT_FOUND', { message: 'No mapping of this id was in force here.' });
  }
  return found;
};

/**
 * What differs between two mappings that are or were in force.
 *
 * @throws {AppError} MAPPING_NOT_FOUND; retryable ones.
 */
export const compareMappings = async (
  ports: MappingPorts,
  { from, to }: { readonly from: string; readonly to: string },
) => {
  const [before, after] = await Promise.all([readMappingById(ports, from), readMappingById(ports, to)]);
  return definitionDifference(before, after);
};
