import type { ContactFields, ContactMapping, MappingProblem, MappingResidue } from '@contact-sync/domain';
import type { MappingDefinition } from './definition/field-pair.ts';
import type { OutgoingRecord } from './to-acme/compile-record.ts';
import type { ContactInput } from './to-acme/contact-input.ts';

/** A mapping with everything that its results depend on; {@link CompiledMapping.id} is its hash. */
export type EffectiveDefinition = MappingDefinition & {
  readonly defaultCountry: string;
  /** Edition of the transforms' code: raised whenever one of them yields something else for some record. */
  readonly transforms: number;
};

/** Why a contact's field does not give back what AcmeCRM has, for one record. */
export type LossReason = 'REFORMATTED' | 'MERGED' | 'DEFAULTED' | 'ONE_WAY' | 'SHADOWED';

/** A place in AcmeCRM's record that the contact alone would not give back. The residue still does. */
export type Loss = { readonly pointer: string; readonly why: LossReason };

export type MappingPreview = {
  readonly contact: ContactFields;
  readonly lossy: readonly Loss[];
  readonly failed: readonly MappingProblem[];
  /** Pointers of what the record has and the mapping does not read. The residue keeps it. */
  readonly ignored: readonly string[];
};

export type MappedRecord = { readonly record: OutgoingRecord; readonly problems: readonly MappingProblem[] };

/**
 * A mapping, ready to run. Every method is pure and never throws, whatever JSON it is given; results share nested
 * values of unknown members with what they were made of.
 */
export interface CompiledMapping extends ContactMapping {
  readonly definition: EffectiveDefinition;
  /**
   * The way back: AcmeCRM's record for a contact and the residue that its mapping left (`{}` for a contact born here).
   * What the contact did not change is what AcmeCRM had, to the letter; so is everything that the mapping does not
   * read. Pointers of problems are into the contact.
   */
  toAcme(contact: ContactInput, residue: MappingResidue): MappedRecord;
  /** Maps a record and says what is lost, what fails and what is not read. */
  preview(record: unknown): MappingPreview;
}
