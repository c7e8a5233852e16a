import type { ContactFields } from '@contact-sync/domain';
import type { ContactPath } from '../definition/contact-path.ts';
import { ownMember } from '../plain-object.ts';

/** A contact on its way to AcmeCRM. Its times count only where AcmeCRM has given none. */
export type ContactInput = ContactFields & { readonly createdAt?: string; readonly updatedAt?: string };

type Read = (contact: ContactInput) => unknown;

/** One function literal a field, as for the members of AcmeCRM's record: each keeps a property cache of its own. */
const reads: { readonly [Field in ContactPath['field']]: Read } = {
  firstName: (contact) => contact.firstName,
  lastName: (contact) => contact.lastName,
  email: (contact) => contact.email,
  phone: (contact) => contact.phone,
  company: (contact) => contact.company,
  title: (contact) => contact.title,
  notes: (contact) => contact.notes,
  address: (contact) => contact.address,
  status: (contact) => contact.status,
  tags: (contact) => contact.tags,
  customFields: (contact) => contact.customFields,
  createdAt: (contact) => contact.createdAt,
  updatedAt: (contact) => contact.updatedAt,
};

/** Compiles the reading of a place in a contact; undefined where nothing stands. */
export const contactReaderOf = ({ field, key }: ContactPath): Read => {
  const whole = reads[field];
  return key === null ? whole : (contact) => ownMember(whole(contact), key);
};
