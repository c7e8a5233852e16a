import { AcmeId, AcmeVersion } from '@contact-sync/domain';
import { type Static, Type } from 'typebox';
import { exampleContactId } from '../../../examples.ts';

const ofRecord = {
  acmeId: AcmeId,
  contactId: Type.String({
    format: 'uuid',
    description: 'Of our contact; another than the id makes where linked',
  }),
};

/** What is held of one record of AcmeCRM. */
export const KnownMirror = Type.Object({
  kind: Type.Literal('known'),
  ...ofRecord,
  version: AcmeVersion,
  deleted: Type.Boolean({ description: 'In AcmeCRM, as far as we know' }),
  documentedHash: Type.Union([Type.String(), Type.Null()], {
    description:
      "`documentedHash` of the domain over the record as last taken: its documented members, empties, version and times aside; null where none is held (a delete's stub)",
  }),
  missing: Type.Array(Type.Object({ from: AcmeVersion, to: AcmeVersion }), {
    description: 'Versions below this one that have not come',
  }),
});
export type KnownMirror = Static<typeof KnownMirror>;

/** What is held of one record of AcmeCRM, if anything. */
export const MirrorVersion = Type.Union([
  KnownMirror,
  Type.Object({ kind: Type.Literal('unknown'), ...ofRecord }),
  /** Its contact was erased for good: events of it are `superseded`, and that is no difference. */
  Type.Object({ kind: Type.Literal('erased'), ...ofRecord }),
]);
export type MirrorVersion = Static<typeof MirrorVersion>;

export const exampleMirrorVersion = {
  kind: 'known',
  acmeId: 'acme-ada',
  contactId: exampleContactId,
  version: 7,
  deleted: false,
  documentedHash: '5f8d3c6f2b1e4a7d9c0b8e6f4a2d1c3b5e7f9a8b6c4d2e0f1a3b5c7d9e8f6a4b',
  missing: [{ from: 4, to: 5 }],
} as const;
