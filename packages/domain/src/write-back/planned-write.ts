import { type Static, Type } from 'typebox';
import { AcmeId, AcmeVersion } from '../acme-contact.ts';

const ContactId = Type.String({ format: 'uuid' });

/** Names one write to AcmeCRM, however often it is tried. */
export const WriteId = Type.String({ format: 'uuid' });

/** What every answer names: the contact, and the version of it that the answer stands for. */
const ofContact = { id: ContactId, version: Type.Integer({ minimum: 1 }) };

const write = { ...ofContact, writeId: WriteId };

/** Which record, and the version of it that the write is made on: `If-Match`. */
const onRecord = { acmeId: AcmeId, ifVersion: AcmeVersion };

const Members = Type.Record(Type.String(), Type.Unknown());

/** Why there is nothing to write, and need not be until the contact changes. */
export const NothingToWrite = Type.Union([
  /** Both sides say the same, or differ in what the mapping does not let us write. */
  Type.Literal('agreed'),
  /** There is no such contact, or no longer. */
  Type.Literal('unknown'),
  Type.Literal('erased'),
  /** Deleted here, and deletes are not to go out. */
  Type.Literal('deletes-off'),
  /** Deleted in AcmeCRM, which takes no change of it any more. */
  Type.Literal('deleted-there'),
]);
export type NothingToWrite = Static<typeof NothingToWrite>;

/** Why nothing is written until somebody edits the contact or resolves its conflict. */
export const WriteHeld = Type.Union([
  /** AcmeCRM refuses what we would write. */
  Type.Literal('refused'),
  /** AcmeCRM has no such record any more. */
  Type.Literal('not-found'),
  /** The write failed for longer than it is tried. */
  Type.Literal('given-up'),
  /** Three writes of one edit, and AcmeCRM still has something else. */
  Type.Literal('not-taken'),
  /** The mapping cannot make a record of the contact. */
  Type.Literal('unmappable'),
]);
export type WriteHeld = Static<typeof WriteHeld>;

/**
 * What is to be done in AcmeCRM about one contact (design section 6, point 1). `create`, `patch` and `delete` are stored
 * as sent by the time they are answered, and are under way from then on.
 */
export const PlannedWrite = Type.Union([
  Type.Object({
    kind: Type.Literal('nothing'),
    id: ContactId,
    version: Type.Optional(ofContact.version),
    why: NothingToWrite,
  }),
  Type.Object({
    kind: Type.Literal('create'),
    ...write,
    /** The record whole, with `acme_external_id`: the contact's id. */
    record: Members,
    /** The same however often this create is tried. */
    idempotencyKey: Type.String(),
  }),
  Type.Object({
    kind: Type.Literal('patch'),
    ...write,
    ...onRecord,
    /** A merge patch (RFC 7396) of the members that are to change and no others. */
    changes: Members,
  }),
  Type.Object({ kind: Type.Literal('delete'), ...write, ...onRecord }),
  Type.Object({
    kind: Type.Literal('under-way'),
    ...write,
    /** When to ask again: then the same write is given once more, unless its outcome is known. */
    retryAfterMs: Type.Integer({ minimum: 1 }),
  }),
  Type.Object({
    kind: Type.Literal('held'),
    ...ofContact,
    why: WriteHeld,
    code: Type.Optional(Type.String()),
    pointer: Type.Optional(Type.String()),
  }),
  /** The loop breaker: too many writes of this contact in a short time. */
  Type.Object({ kind: Type.Literal('frozen'), ...ofContact, since: Type.String({ format: 'date-time' }) }),
]);
export type PlannedWrite = Static<typeof PlannedWrite>;
