import type { FieldPair, MappingDefinition, Transform } from './field-pair.ts';

const pair = (acme: string, contact: string, transform: Transform, lossless: boolean): FieldPair => ({
  acme: [acme],
  contact: [contact],
  direction: 'both',
  transform,
  owner: 'acmecrm',
  lossless,
});

const copy = (acme: string, contact: string): FieldPair => pair(acme, contact, { kind: 'copy' }, true);

/** AcmeCRM's documented contact, both ways (design section 2). AcmeCRM owns every field. */
export const builtInMapping: MappingDefinition = {
  pairs: [
    copy('/acme_first_name', '/firstName'),
    copy('/acme_last_name', '/lastName'),
    copy('/acme_email', '/email'),
    pair('/acme_phone', '/phone', { kind: 'phone' }, false),
    copy('/acme_company', '/company'),
    copy('/acme_title', '/title'),
    copy('/acme_notes', '/notes'),
    pair('/acme_address', '/address', { kind: 'address' }, false),
    pair(
      '/acme_status',
      '/status',
      { kind: 'table', entries: { Active: 'active', Inactive: 'inactive', Lead: 'lead' } },
      true,
    ),
    copy('/acme_tags', '/tags'),
    copy('/acme_custom_fields', '/customFields'),
    pair('/acme_created_at', '/createdAt', { kind: 'date' }, false),
    pair('/acme_updated_at', '/updatedAt', { kind: 'date' }, false),
  ],
};
