import { AcmeVersion, Contact, HistoryEntry } from '@contact-sync/domain';
import { type Static, Type } from 'typebox';

export const ContactParams = Type.Object({
  id: Type.String({ format: 'uuid', description: "The contact's id" }),
});

export const PageLimit = (fallback: number) =>
  Type.Integer({ minimum: 1, maximum: 100, default: fallback, description: 'Most items on a page' });

export const Cursor = Type.Optional(
  Type.String({ minLength: 1, maxLength: 1_024, description: '`nextCursor` of the page before' }),
);

export const HistoryQuerystring = Type.Object(
  { limit: PageLimit(50), cursor: Cursor },
  { additionalProperties: false },
);
export type HistoryQuerystring = Static<typeof HistoryQuerystring>;

const NextCursor = Type.Optional(Type.String({ description: 'Present while there may be more' }));

export const ContactPage = Type.Object({ items: Type.Array(Contact), nextCursor: NextCursor });

export const HistoryPage = Type.Object({ items: Type.Array(HistoryEntry), nextCursor: NextCursor });

/** A contact as AcmeCRM last told us of it; `record` is null if only a delete ever came. */
export const AcmeView = Type.Object({
  sourceId: Type.String(),
  sourceVersion: AcmeVersion,
  deleted: Type.Boolean(),
  takenAt: Type.String({ format: 'date-time' }),
  record: Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()]),
});
export type AcmeView = Static<typeof AcmeView>;
