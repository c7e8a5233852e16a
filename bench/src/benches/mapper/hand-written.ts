import type { AcmeRecord, Address, ContactFields, MappedContact } from '@contact-sync/domain';
import { parseAddress, toE164 } from '@contact-sync/field-mapper';

const statuses = { Active: 'active', Inactive: 'inactive', Lead: 'lead' } as const;

/** What follows from the contact alone and need not be kept beside it. */
const recoverable: ReadonlySet<string> = new Set([
  'acme_first_name',
  'acme_last_name',
  'acme_email',
  'acme_company',
  'acme_title',
  'acme_notes',
  'acme_status',
  'acme_tags',
  'acme_custom_fields',
]);

const residueOf = (record: AcmeRecord): Record<string, unknown> => {
  const residue: Record<string, unknown> = {};
  for (const member in record) {
    const value = record[member];
    if (value !== null && !recoverable.has(member)) residue[member] = value;
  }
  if (record.acme_tags?.length === 0) residue['acme_tags'] = record.acme_tags;
  return residue;
};

const phoneOf = (phone: string | null | undefined): string | null =>
  phone === null || phone === undefined ? null : (toE164(phone, 'US') ?? phone);

const addressOf = (flat: string | null | undefined): Address | null =>
  flat === null || flat === undefined ? null : parseAddress(flat);

const contactOf = (record: AcmeRecord): ContactFields => ({
  firstName: record.acme_first_name,
  lastName: record.acme_last_name,
  email: record.acme_email,
  phone: phoneOf(record.acme_phone),
  company: record.acme_company ?? null,
  title: record.acme_title ?? null,
  notes: record.acme_notes ?? null,
  address: addressOf(record.acme_address),
  status: record.acme_status ? statuses[record.acme_status] : null,
  tags: record.acme_tags?.slice() ?? [],
  customFields: { ...record.acme_custom_fields },
});

/** The built-in mapping as one would write it for this one shape, believing every record to be valid. */
export const mapByHand = (record: AcmeRecord): MappedContact => ({
  contact: contactOf(record),
  createdAt: record.acme_created_at ?? null,
  residue: residueOf(record),
  problems: [],
});
