import type { AcmeRecord, ContactFields, MappedContact, TwoWayMapping } from '../src/index.ts';

type SimpleMappingOptions = {
  readonly id?: string;
  /** Fields, and custom fields as `customFields.<key>`, that are owned here; AcmeCRM owns the rest. */
  readonly ownedHere?: readonly string[];
  /** Another way to map: companies in capitals, notes dropped, one custom field more. */
  readonly loud?: boolean;
  /** Maps a record with an {@link unmappablePhone} too. */
  readonly lax?: boolean;
};

/** A record with this phone cannot be mapped. */
export const unmappablePhone = 'unmappable';

const fieldsOf = (record: AcmeRecord, loud: boolean): ContactFields => {
  const flat = record.acme_address ?? null;
  const company = record.acme_company ?? null;
  return {
    firstName: record.acme_first_name,
    lastName: record.acme_last_name,
    email: record.acme_email,
    phone: record.acme_phone ?? null,
    company: loud ? (company?.toUpperCase() ?? null) : company,
    title: record.acme_title ?? null,
    notes: loud ? null : (record.acme_notes ?? null),
    address: flat === null ? null : { street: flat, city: null, state: null, zipCode: null, country: null },
    status: record.acme_status ? (record.acme_status.toLowerCase() as 'active' | 'inactive' | 'lead') : null,
    tags: record.acme_tags ?? [],
    customFields: { ...record.acme_custom_fields, ...(loud && { mappedBy: 'loud' }) },
  };
};

const statuses = { active: 'Active', inactive: 'Inactive', lead: 'Lead' } as const;

/** The way back of {@link fieldsOf}, a quiet one: an address in parts becomes one line. */
const recordOf = (contact: ContactFields): Partial<AcmeRecord> => {
  const line = Object.values(contact.address ?? {}).filter((part) => part !== null);
  const members = {
    acme_first_name: contact.firstName,
    acme_last_name: contact.lastName,
    acme_email: contact.email,
    acme_phone: contact.phone,
    acme_company: contact.company,
    acme_title: contact.title,
    acme_notes: contact.notes,
    acme_address: line.join(', ') || null,
    acme_status: contact.status && statuses[contact.status],
    acme_tags: contact.tags.length === 0 ? null : contact.tags,
    acme_custom_fields: Object.keys(contact.customFields).length === 0 ? null : contact.customFields,
  };
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null));
};

/** What the contact's fields say by themselves; all else is kept beside them. */
const mapped: ReadonlySet<string> = new Set([
  'acme_first_name',
  'acme_last_name',
  'acme_email',
  'acme_phone',
  'acme_company',
  'acme_title',
  'acme_notes',
  'acme_address',
  'acme_status',
  'acme_tags',
  'acme_custom_fields',
]);

/** The smallest mapping that has everything a decision asks of one. */
export const simpleMapping = ({
  id = 'mapping-1',
  ownedHere = [],
  loud = false,
  lax = false,
}: SimpleMappingOptions = {}): TwoWayMapping => ({
  id,
  toContact: (record): MappedContact => ({
    contact: fieldsOf(record, loud),
    createdAt: record.acme_created_at ?? null,
    residue: Object.fromEntries(Object.entries(record).filter(([member]) => !mapped.has(member))),
    problems:
      record.acme_phone === unmappablePhone && !lax
        ? [{ pointer: '/acme_phone', code: 'UNMAPPABLE', valueType: 'string' }]
        : [],
  }),
  toAcme: (contact, residue) => ({ record: { ...residue, ...recordOf(contact) }, problems: [] }),
  ownerOf: (field, key) =>
    ownedHere.includes(key === undefined ? field : `${field}.${key}`) ? 'integration' : 'acmecrm',
});
