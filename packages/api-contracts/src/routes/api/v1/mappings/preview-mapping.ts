import { Type } from 'typebox';
import { defineRoute } from '../../../../define-route.ts';
import { exampleAcmeRecord, exampleFields, exampleMappingId } from '../../../../examples.ts';

const PreviewRequest = Type.Object(
  {
    record: Type.Record(Type.String(), Type.Unknown(), { description: 'A contact as AcmeCRM would send it' }),
  },
  { additionalProperties: false },
);

/** What would become of the record. Nothing is stored. */
const PreviewAnswer = Type.Object({
  mappingId: Type.String(),
  // No contact yet: what failed stands in it as it came out.
  contact: Type.Record(Type.String(), Type.Unknown(), {
    description: 'The mapped fields; wrong where `failed` says so',
  }),
  lossy: Type.Array(Type.Object({ pointer: Type.String(), why: Type.String() })),
  failed: Type.Array(Type.Object({ pointer: Type.String(), code: Type.String(), valueType: Type.String() })),
  ignored: Type.Array(Type.String({ description: 'Pointer of a member that the mapping does not read' })),
});

export const previewMapping = defineRoute({
  name: 'previewMapping',
  method: 'POST',
  path: '/api/v1/mappings/preview',
  service: 'contact-service',
  access: 'mappings:read',
  summary: 'How a record of AcmeCRM would be mapped',
  description: 'Tells what is lost, what fails and what is not read. Stores nothing.',
  limit: 'read',
  body: { schema: PreviewRequest, limitBytes: 65_536, example: { record: exampleAcmeRecord } },
  answers: {
    200: {
      description: 'The mapped fields',
      body: PreviewAnswer,
      example: { mappingId: exampleMappingId, contact: exampleFields, lossy: [], failed: [], ignored: [] },
    },
  },
  errors: [],
});
