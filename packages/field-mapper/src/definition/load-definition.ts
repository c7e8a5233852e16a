import { builtInMapping } from './built-in-mapping.ts';
import { type DefinitionFault, InvalidMapping } from './definition-fault.ts';
import type { FieldPair, Transform } from './field-pair.ts';
import { jsonBreak } from './json-break.ts';
import type { MappingFile, MappingFilePair } from './mapping-file.ts';
import { canBeLossless } from './pair-faults.ts';
import { type PlacedPair, type ReadDefinition, readDefinition } from './read-definition.ts';
import { fileShapeFaults, pairShapeFaults } from './schema-faults.ts';

const listed = (side: string | string[] | undefined): readonly string[] =>
  side === undefined ? [] : typeof side === 'string' ? [side] : side;

const completed = (written: MappingFilePair): FieldPair => {
  const transform: Transform = written.transform ?? { kind: 'copy' };
  const acme = listed(written.acme);
  const oneSided = acme.length > 0 ? ('toAcme' as const) : ('toContact' as const);
  const pair: FieldPair = {
    acme,
    contact: listed(written.contact),
    direction: written.direction ?? (transform.kind === 'constant' ? oneSided : 'both'),
    transform,
    owner: written.owner ?? 'acmecrm',
    lossless: written.lossless ?? false,
    ...(written.default === undefined ? {} : { default: written.default }),
  };
  return written.lossless === undefined ? { ...pair, lossless: canBeLossless(pair) } : pair;
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    const { line, column } = jsonBreak(text);
    const detail = `is no JSON: it breaks in line ${line}, column ${column}`;
    throw new InvalidMapping([{ pointer: '', code: 'INVALID_JSON', detail }]);
  }
};

/** Reads a mapping file over the built-in mapping. Throws {@link InvalidMapping} with every fault of the file, up to 1,000 a pair. */
export const loadDefinition = (text: string, defaultCountry: string): ReadDefinition => {
  const file = parsed(text);
  const faults: DefinitionFault[] = [...fileShapeFaults(file)];
  const { pairs: written, members } = (file ?? {}) as Partial<MappingFile>;
  const own: PlacedPair[] = [];
  for (const [index, pair] of (Array.isArray(written) ? written : []).entries()) {
    const place = `/pairs/${index}`;
    const shape = pairShapeFaults(pair, place);
    faults.push(...shape);
    if (shape.length === 0) own.push({ place, pair: completed(pair) });
  }
  const names = Array.isArray(members) ? members.filter((name) => typeof name === 'string') : [];
  return readDefinition({ base: builtInMapping.pairs, own, members: names, defaultCountry, faults });
};
