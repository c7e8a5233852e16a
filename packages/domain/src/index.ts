export {
  AcmeContact,
  AcmeDeletion,
  AcmeId,
  AcmeStatus,
  AcmeVersion,
  acmeContactMembers,
  CustomFieldName,
  CustomFields,
  CustomFieldValue,
  EmailAddress,
} from './acme-contact.ts';
export { AppError, type AppErrorOptions, type FieldError } from './app-error.ts';
export { certificateAdvice } from './certificate-advice.ts';
export { chunksOf } from './chunks-of.ts';
export {
  Address,
  Contact,
  type ContactFieldName,
  ContactFields,
  ContactSource,
  ContactStatus,
  contactFieldNames,
  emptyContactFields,
  fieldsOfContact,
} from './contact.ts';
export type { ContactChange, Outgoing } from './contact-change.ts';
export type {
  AcmeRecord,
  ContactMapping,
  FieldOwner,
  MappedContact,
  MappingProblem,
  MappingResidue,
} from './contact-mapping.ts';
export { contentHash, documentedHash, eventHash } from './content-hash.ts';
export { isDateTime, toDateTime } from './date-time-format.ts';
export { type DecideInput, decide } from './decide.ts';
export type {
  AppliedDecision,
  Decision,
  EventFault,
  NotedDecision,
  RecordedDecision,
} from './decision.ts';
export {
  createContact,
  deleteContact,
  type Edited,
  type Editor,
  type RefusedEdit,
  replaceContact,
  restoreContact,
  retellContact,
  type Unedited,
} from './edit.ts';
export {
  type BlockedStub,
  type ErasedContact,
  type ErasureOrder,
  eraseContact,
  externalIdHash,
  isBlocked,
  isLifted,
  liftBlock,
} from './erase-contact.ts';
export { type ErrorCode, errorCodes } from './error-codes.ts';
export { eventIdentity } from './event-identity.ts';
export { ApplyResult, Fate } from './fate.ts';
export { FieldValue, sameValue, withSlots } from './field-slots.ts';
export { FieldChange, HistoryDraft, HistoryEntry } from './history.ts';
export { type IdentityLog, noIdentities } from './identities.ts';
export { contactIdOfAcme, outgoingEventId } from './identity.ts';
export { escapePointer, type JsonBounds, type JsonReading } from './json/json-parser.ts';
export { parseJson } from './json/parse-json.ts';
export { asNumber, isRawNumber, type RawNumber } from './json/raw-number.ts';
export { readJson, readSoundJson } from './json/read-json.ts';
export { type Lift, type LiftInput, lift } from './lift.ts';
export { limits } from './limits.ts';
export {
  type Base,
  type HeldMirror,
  heldMirror,
  type Mirror,
  type MirrorHead,
  mirrorAfter,
  type NextMirror,
  noOwnSlots,
  type Taken,
  wholeMirror,
} from './mirror.ts';
export { gapAges, type MissingVersions, type VersionRange, versionGaps } from './missing-versions.ts';
export { isNothing, normalizeCustomFields, normalizeRecord, trimAddress } from './normalize-record.ts';
export { setOwnMember } from './own-member.ts';
export {
  parseRedisAddress,
  type RedisAddress,
  type RedisSentinelAddress,
  type RedisServerAddress,
} from './redis-address.ts';
export {
  type AppliedRemap,
  type CurrentRemap,
  type NotedRemap,
  type Remap,
  type RemapFault,
  type RemapInput,
  remap,
} from './remap.ts';
export { type Check, compileCheck, compileGuard } from './schema/compile-check.ts';
export { createAjv, validatorOf } from './schema/create-ajv.ts';
export { type PlacedFault, placedFaults, type SchemaFault, toFieldErrors } from './schema/field-errors.ts';
export { contentOf, type SourceContent } from './source-content.ts';
export {
  AnsweredWrite,
  ApplyRequest,
  SourceDeletion,
  SourceEnvelope,
  SourceEvent,
  SourceUpsert,
} from './source-event.ts';
export { type ContactStub, type Erasure, isDeleted, isStub, type StoredContact } from './stored-contact.ts';
export { type Holding, type StubHolding, stubOf } from './stub-of.ts';
export { toSourceEvent } from './to-source-event.ts';
export { tombstoneSince } from './tombstone-since.ts';
export { EventId, EventType, WebhookEnvelope, WebhookEvent } from './webhook-event.ts';
export { ConflictCause, ConflictField, FieldConflict } from './write-back/field-conflict.ts';
export { type Linking, linkOf, namedContact } from './write-back/link-of.ts';
export { type PlanInput, planWriteBack, type WritePlan } from './write-back/plan-write-back.ts';
export { NothingToWrite, PlannedWrite, WriteHeld, WriteId } from './write-back/planned-write.ts';
export { type Settlement, settleWrite } from './write-back/settle-write.ts';
export type { TwoWayMapping } from './write-back/two-way-mapping.ts';
export { noWriteBack, type Sent, type WriteBack, type WriteHold } from './write-back/write-back.ts';
export { SettledWrite, WriteOutcome } from './write-back/write-outcome.ts';
