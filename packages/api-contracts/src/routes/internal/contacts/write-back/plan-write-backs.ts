import { limits, PlannedWrite } from '@contact-sync/domain';
import { Type } from 'typebox';
import { defineRoute } from '../../../../define-route.ts';
import { exampleContactId } from '../../../../examples.ts';
import { ContactsInAll } from '../contacts-in-all.ts';

const writeId = '5a0f8f0b-90a4-5f0e-8f5b-5e4d7f7f4a11';

export const planWriteBacks = defineRoute({
  name: 'planWriteBacks',
  method: 'POST',
  path: '/internal/contacts/write-back/plan',
  service: 'contact-service',
  access: 'contacts:apply',
  summary: 'What is to be written to AcmeCRM of these contacts, now',
  description:
    'One answer an id, in order. A create, patch or delete is stored as sent before it is answered, and until its outcome is known the contact has no other: a record that AcmeCRM answers comes as an event of the apply route with `answers`, everything else by the outcomes route. A write whose outcome does not come is given once more as it was, under the same write id, when its lease has run out. A dry run stores nothing.',
  limit: 'write',
  query: Type.Object(
    { dryRun: Type.Boolean({ default: false, description: 'Plan, and store nothing' }) },
    { additionalProperties: false },
  ),
  body: {
    schema: Type.Object(
      {
        ids: Type.Array(Type.String({ format: 'uuid' }), {
          minItems: 1,
          maxItems: limits.writeBacksPerPlan,
          description: 'Of our contacts',
        }),
        deletes: Type.Boolean({
          description: 'Whether deletes go out; where not, a contact deleted here is left alone there',
        }),
      },
      { additionalProperties: false },
    ),
    limitBytes: 65_536,
    example: { ids: [exampleContactId], deletes: false },
  },
  answers: {
    200: {
      description: 'What to write of each',
      body: Type.Object({
        plans: Type.Array(PlannedWrite),
        contacts: ContactsInAll,
      }),
      example: {
        plans: [
          {
            kind: 'patch',
            id: exampleContactId,
            version: 4,
            writeId,
            acmeId: 'acme-ada',
            ifVersion: 7,
            changes: { acme_title: 'Countess', acme_custom_fields: { lead_score: null } },
          },
        ],
        contacts: 12_000,
      },
    },
  },
  errors: ['STORAGE_FULL', 'CONFLICT'],
});
