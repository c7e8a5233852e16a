import type { ContactFields } from '../contact.ts';
import type { AcmeRecord, ContactMapping, MappingProblem, MappingResidue } from '../contact-mapping.ts';

/** A mapping that knows the way back too. */
export interface TwoWayMapping extends ContactMapping {
  /**
   * AcmeCRM's record for a contact and the residue that its mapping left. What the contact did not change is what AcmeCRM
   * had, to the letter. Pointers of problems are into the contact.
   */
  toAcme(
    contact: ContactFields,
    residue: MappingResidue,
  ): { readonly record: Readonly<Partial<AcmeRecord>>; readonly problems: readonly MappingProblem[] };
}
