export {
  AcmeContact,
  AcmeDeletion,
  AcmeId,
  AcmeStatus,
  AcmeVersion,
  acmeContactMembers,
  CustomFields,
  CustomFieldValue,
  EmailAddress,
} from './acme-contact.ts';
export { AppError, type AppErrorOptions, type FieldError } from './app-error.ts';
export {
  Address,
  Contact,
  type ContactFieldName,
  ContactFields,
  ContactSource,
  ContactStatus,
  contactFieldNames,
} from './contact.ts';
export type {
  AcmeRecord,
  ContactMapping,
  FieldOwner,
  MappedContact,
  MappingProblem,
  MappingResidue,
} from './contact-mapping.ts';
export { type ErrorCode, errorCodes } from './error-codes.ts';
export { ApplyResult, Fate } from './fate.ts';
export { contactIdOfAcme, outgoingEventId } from './identity.ts';
export { limits } from './limits.ts';
export { ApplyRequest, SourceDeletion, SourceEnvelope, SourceEvent, SourceUpsert } from './source-event.ts';
export { EventId, EventType, WebhookEnvelope, WebhookEvent } from './webhook-event.ts';
