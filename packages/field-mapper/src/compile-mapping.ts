import type { AcmeRecord, ContactFieldName, FieldOwner, MappedContact } from '@contact-sync/domain';
import type { CompiledMapping, EffectiveDefinition } from './compiled-mapping.ts';
import type { MappingDefinition } from './definition/field-pair.ts';
import { loadDefinition } from './definition/load-definition.ts';
import { placed, type ReadDefinition, readDefinition } from './definition/read-definition.ts';
import { type ResolvedPair, readsAcme } from './definition/resolve-pair.ts';
import { mappingIdOf } from './mapping-id.ts';
import { isPlainObject } from './plain-object.ts';
import { compileIgnored } from './preview/ignored.ts';
import { compileLosses } from './preview/losses.ts';
import { type Problems, report } from './problem.ts';
import { compileRecord } from './to-acme/compile-record.ts';
import { compileContact } from './to-contact/compile-contact.ts';
import { compileResidue } from './to-contact/compile-residue.ts';
import { compileTimes } from './to-contact/compile-times.ts';
import { filledFields } from './to-contact/filled-fields.ts';

export type MappingOptions = {
  /** ISO 3166 code of the country whose phone numbers come without a country code. Default: US. */
  readonly defaultCountry?: string;
};

const transformsEdition = 2;

const effective = ({ definition }: ReadDefinition, defaultCountry: string): EffectiveDefinition => {
  const sides = (pair: MappingDefinition['pairs'][number]): string =>
    [...pair.contact, ' ', ...pair.acme].join(' ');
  const pairs = definition.pairs.toSorted((a, b) => (sides(a) < sides(b) ? -1 : 1));
  return { ...definition, pairs, defaultCountry, transforms: transformsEdition };
};

const compileOwners = (pairs: readonly ResolvedPair[]): CompiledMapping['ownerOf'] => {
  const owners = new Map<string, FieldOwner>();
  for (const { pair, contact } of pairs)
    if (readsAcme(pair))
      for (const { field, key } of contact)
        owners.set(field === 'customFields' && key !== null ? `customFields/${key}` : field, pair.owner);
  return (field: ContactFieldName, customKey?: string) =>
    (customKey === undefined ? undefined : owners.get(`${field}/${customKey}`)) ??
    owners.get(field) ??
    'acmecrm';
};

const compile = (read: ReadDefinition, defaultCountry: string): CompiledMapping => {
  const { pairs } = read;
  const definition = effective(read, defaultCountry);
  const filled = filledFields(pairs, defaultCountry);
  const createdAtOf = compileTimes(filled);
  const contactOf = compileContact(pairs, filled);
  const residueOf = compileResidue(pairs);
  const recordOf = compileRecord(pairs, defaultCountry);
  const lossesOf = compileLosses(pairs, (contact) => recordOf(contact, {}, []));
  const ignoredOf = compileIgnored(pairs);

  const toContact = (record: AcmeRecord): MappedContact => {
    const problems: Problems = [];
    if (!isPlainObject(record)) {
      report(problems, '', 'WRONG_TYPE', record);
      return { contact: contactOf({} as AcmeRecord, []), createdAt: null, residue: {}, problems };
    }
    const createdAt = createdAtOf(record, problems);
    return { contact: contactOf(record, problems), createdAt, residue: residueOf(record), problems };
  };

  return {
    id: mappingIdOf(definition),
    definition,
    ownerOf: compileOwners(pairs),
    toContact,
    toAcme: (contact, residue) => {
      const problems: Problems = [];
      const kept = isPlainObject(residue) ? residue : {};
      if (isPlainObject(contact)) return { record: recordOf(contact, kept, problems), problems };
      report(problems, '', 'WRONG_TYPE', contact);
      return { record: kept, problems };
    },
    preview: (given) => {
      const record = given as AcmeRecord;
      const { contact, problems } = toContact(record);
      const readable = isPlainObject(record);
      return {
        contact,
        lossy: readable ? lossesOf(record, contact, problems) : [],
        failed: problems,
        ignored: readable ? ignoredOf(record) : [],
      };
    },
  };
};

const countryOf = ({ defaultCountry = 'US' }: MappingOptions): string => defaultCountry;

/** Compiles a mapping once, into straight functions. Throws {@link InvalidMapping} with every fault of it. */
export const compileMapping = (
  definition: MappingDefinition,
  options: MappingOptions = {},
): CompiledMapping => {
  const defaultCountry = countryOf(options);
  const own = placed(definition.pairs);
  const members = definition.members ?? [];
  return compile(readDefinition({ base: [], own, members, defaultCountry, faults: [] }), defaultCountry);
};

/**
 * Compiles a mapping file's text over the built-in mapping. Throws {@link InvalidMapping} with every fault of the
 * file and its place there, as a JSON pointer.
 */
export const loadMapping = (text: string, options: MappingOptions = {}): CompiledMapping => {
  const defaultCountry = countryOf(options);
  return compile(loadDefinition(text, defaultCountry), defaultCountry);
};
