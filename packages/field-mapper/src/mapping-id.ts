import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { EffectiveDefinition } from './compiled-mapping.ts';
import { InvalidMapping } from './definition/definition-fault.ts';

const canonical = (definition: EffectiveDefinition): string => {
  try {
    return canonicalize(definition) ?? '';
  } catch {
    const detail = 'holds half of a character pair, or a number without end: neither can be hashed';
    throw new InvalidMapping([{ pointer: '', code: 'INVALID_SHAPE', detail }]);
  }
};

/** SHA-256 of the definition's RFC 8785 JSON, its first 32 hex digits. */
export const mappingIdOf = (definition: EffectiveDefinition): string =>
  createHash('sha256').update(canonical(definition)).digest('hex').slice(0, 32);
