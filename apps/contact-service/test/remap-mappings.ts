import { builtInMapping, compileMapping, loadMapping } from '@contact-sync/field-mapper';

/** What contacts were taken under. */
export const oldMapping = compileMapping(builtInMapping, { defaultCountry: 'US' });

/** A mapping file: the unit stands before the company now, and a lead is not known any more. */
export const newMappingText = JSON.stringify({
  version: 1,
  pairs: [
    {
      acme: ['/acme_custom_fields/unit', '/acme_company'],
      contact: '/company',
      transform: { kind: 'join', separator: ' / ' },
    },
    {
      acme: '/acme_status',
      contact: '/status',
      transform: { kind: 'table', entries: { Active: 'active', Inactive: 'inactive' } },
    },
  ],
});

export const newMapping = loadMapping(newMappingText, { defaultCountry: 'US' });

/** What a record has that `newMapping` maps otherwise. */
export const moves = { acme_company: 'Acme', acme_custom_fields: { unit: 'R&D' } } as const;
