import { limits, SettledWrite, WriteOutcome } from '@contact-sync/domain';
import { Type } from 'typebox';
import { defineRoute } from '../../../../define-route.ts';
import { exampleContactId } from '../../../../examples.ts';

const write = { id: exampleContactId, writeId: '5a0f8f0b-90a4-5f0e-8f5b-5e4d7f7f4a11' };

export const settleWriteBacks = defineRoute({
  name: 'settleWriteBacks',
  method: 'POST',
  path: '/internal/contacts/write-back/outcomes',
  service: 'contact-service',
  access: 'contacts:apply',
  summary: 'How writes ended that AcmeCRM did not answer with a record',
  description:
    'One result an outcome, in order. What was sent is remembered where it may have been done, so that it is known again when it is heard. Repeating is harmless.',
  limit: 'write',
  body: {
    schema: Type.Object(
      {
        outcomes: Type.Array(WriteOutcome, { minItems: 1, maxItems: limits.writeBacksPerPlan }),
      },
      { additionalProperties: false },
    ),
    limitBytes: 262_144,
    example: {
      outcomes: [{ ...write, outcome: 'refused', code: 'ACME_REFUSED', pointer: '/acme_email' }],
    },
  },
  answers: {
    200: {
      description: 'What became of each',
      body: Type.Object({ results: Type.Array(SettledWrite) }),
      example: { results: [{ ...write, result: 'settled' }] },
    },
  },
  errors: ['STORAGE_FULL', 'CONFLICT'],
});
