import { ContactFields } from '@contact-sync/domain';
import { Type } from 'typebox';

/** A mapping as data, every pair of fields that is in force. */
export const CurrentMapping = Type.Object({
  id: Type.String({ description: 'Content hash of the mapping; stands in history beside each change' }),
  definition: Type.Unknown({
    description: 'Pairs of fields with paths, direction, transform, owner and loss',
  }),
});

export const PreviewRequest = Type.Object(
  {
    record: Type.Record(Type.String(), Type.Unknown(), { description: 'A contact as AcmeCRM would send it' }),
  },
  { additionalProperties: false },
);

/** What would become of the record. Nothing is stored. */
export const PreviewAnswer = Type.Object({
  mappingId: Type.String(),
  contact: Type.Partial(ContactFields, { description: 'The mapped fields; wrong where `failed` says so' }),
  lossy: Type.Array(Type.Object({ pointer: Type.String(), why: Type.String() })),
  failed: Type.Array(Type.Object({ pointer: Type.String(), code: Type.String(), valueType: Type.String() })),
  ignored: Type.Array(Type.String({ description: 'Pointer of a member that the mapping does not read' })),
});
