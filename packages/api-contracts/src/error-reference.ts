import type { ErrorCode } from '@contact-sync/domain';

export type ErrorEntry = {
  /** What is the case, in one sentence. */
  readonly meaning: string;
  /** What the caller does about it. */
  readonly remedy: string;
};

const readFields = 'Correct what `errors` points to; the same request again fails again.';
const retry =
  'Send the same request again after `Retry-After`, with the same `Idempotency-Key` where it changes something.';
const readAgain =
  'Read the contact again, apply the change to what it is now, and send its new `ETag` as `If-Match`.';
const signAgain =
  'Sign this attempt anew, with the present time and an active secret; AcmeCRM does so at its next try.';
const operator =
  'Nothing for a caller: an operator sees it among the dead letters, mends the cause and replays.';

/** What each code means and what its caller does: the text of docs/error-codes.md and of where a problem's `type` leads. */
export const errorReference: Readonly<Record<ErrorCode, ErrorEntry>> = {
  MALFORMED_REQUEST: {
    meaning: 'What came cannot be read as HTTP, or not in one way only.',
    remedy: 'Correct the client or the proxy before it; the connection was closed.',
  },
  REQUEST_TIMEOUT: {
    meaning: 'Head or body did not arrive in time.',
    remedy: 'Send the request again, faster; the connection was closed and nothing was done.',
  },
  HEADERS_TOO_LARGE: {
    meaning: 'Request line and headers are larger than 16 KiB together.',
    remedy: 'Send less: shorter cookies, fewer headers, a shorter query.',
  },
  MALFORMED_BODY: {
    meaning: 'The body cannot be read: no JSON, not UTF-8, or not as long as it says.',
    remedy: 'Send well-formed JSON in UTF-8.',
  },
  INVALID_BODY: {
    meaning: 'The body is JSON, and a member is missing, unknown or not valid.',
    remedy: readFields,
  },
  INVALID_PARAMETER: { meaning: 'A part of the path or of the query is not valid.', remedy: readFields },
  INVALID_HEADER: { meaning: 'A header is missing or not valid.', remedy: readFields },
  INVALID_CURSOR: {
    meaning: 'The cursor was not made by this list, or for other filters.',
    remedy: 'Start the list anew without a cursor.',
  },
  CURSOR_EXPIRED: {
    meaning:
      'The store has lost changes that the cursor stands behind, as after a restore from an older state.',
    remedy: 'Read the feed anew without a cursor, and keep of each contact what it says.',
  },
  UNSUPPORTED_MEDIA_TYPE: {
    meaning: 'The content type, charset or encoding of the body is not taken.',
    remedy:
      'Send `application/json` in UTF-8, not compressed; a merge patch may say `application/merge-patch+json`.',
  },
  PAYLOAD_TOO_LARGE: {
    meaning: 'The body is larger than the route takes.',
    remedy: 'Send less: fewer items of an array, shorter texts.',
  },
  NOT_FOUND: {
    meaning: 'There is no such resource.',
    remedy: 'Check the path; for what may be there later, read again.',
  },
  METHOD_NOT_ALLOWED: {
    meaning: 'The resource is there and does not take this method.',
    remedy: 'Use one of those in `Allow`.',
  },
  RATE_LIMITED: {
    meaning: 'Too many requests in too short a time.',
    remedy: 'Wait for `Retry-After` seconds; the `RateLimit` headers tell what is left.',
  },
  UNAUTHENTICATED: {
    meaning: 'There is no access token, or it is expired, revoked or not for this API.',
    remedy: 'Refresh the session, or log in again, and send the new token.',
  },
  INVALID_CREDENTIALS: {
    meaning: 'E-mail and password, or the refresh token, are not right.',
    remedy: 'Log in with the right ones; a used refresh token ends its session.',
  },
  FORBIDDEN: {
    meaning: 'The token is good and does not carry the permission that this takes.',
    remedy: 'Ask an administrator for a role, or for a scope of the machine client.',
  },
  INVALID_CLIENT: {
    meaning: 'The machine client is not known, or its secret is wrong (RFC 6749, `invalid_client`).',
    remedy: 'Send the right id and secret.',
  },
  UNSUPPORTED_GRANT_TYPE: {
    meaning: 'The token endpoint takes client credentials only (RFC 6749, `unsupported_grant_type`).',
    remedy: 'Send `grant_type=client_credentials`.',
  },
  INVALID_SCOPE: {
    meaning:
      'A scope or an audience was asked for that this client may not have (RFC 6749, `invalid_scope`).',
    remedy: 'Ask for less.',
  },
  EMAIL_TAKEN: {
    meaning: 'Another user has this e-mail.',
    remedy: 'Find the user by it; change or delete that one first.',
  },
  LAST_ADMIN: {
    meaning: 'It would leave nobody who can administer.',
    remedy: 'Make another user an admin first.',
  },
  CLIENT_EXISTS: {
    meaning: 'There is a machine client of this id already.',
    remedy: 'Read it; change it, or take another id.',
  },
  SIGNATURE_MISSING: {
    meaning: 'The delivery carries no signature, or one that cannot be read.',
    remedy: signAgain,
  },
  SIGNATURE_INVALID: { meaning: 'No active secret gives the signature of these bytes.', remedy: signAgain },
  TIMESTAMP_INVALID: { meaning: 'The time of the attempt is missing or no Unix seconds.', remedy: signAgain },
  TIMESTAMP_OUTSIDE_WINDOW: {
    meaning: 'The time of the attempt is more than five minutes from ours.',
    remedy: signAgain,
  },
  CONTACT_NOT_FOUND: {
    meaning: 'There is no contact of this id.',
    remedy: 'Check the id; a contact of AcmeCRM appears with its first event.',
  },
  CONTACT_DELETED: {
    meaning: 'The contact is deleted, and a deleted one is not edited.',
    remedy: 'Restore it first.',
  },
  CONTACT_EXISTS: {
    meaning: 'A contact of this id is there already.',
    remedy: 'Read it; edit it instead of making it.',
  },
  CONTACT_ERASED: {
    meaning: 'The contact of this `Idempotency-Key` was erased for good.',
    remedy: 'Take a new key to make another contact; an admin may lift the block of the erased one.',
  },
  PRECONDITION_REQUIRED: { meaning: 'A change has to name the version that it is for.', remedy: readAgain },
  PRECONDITION_FAILED: {
    meaning: 'The contact is not, or not comparably, at the version that `If-Match` names.',
    remedy: readAgain,
  },
  IDEMPOTENCY_KEY_REUSED: {
    meaning: 'The `Idempotency-Key` came before with another body.',
    remedy: 'Take a new key for a new request; repeat the old one only as it was.',
  },
  IDEMPOTENCY_KEY_EXPIRED: {
    meaning: 'The contact of this `Idempotency-Key` was made, and its answer is no longer kept.',
    remedy: 'Read the contact; take a new key to make another.',
  },
  CONFLICT: {
    meaning: 'The request contradicts the present state.',
    remedy: 'Read the state again and decide anew.',
  },
  CONFLICT_NOT_FOUND: {
    meaning: 'There is no such entry in the conflict inbox: it was resolved, or gave way to newer ones.',
    remedy: 'List the conflicts again; the history of the contact still has both values.',
  },
  MAPPING_NOT_FOUND: {
    meaning: 'No field mapping of this id was ever in force here.',
    remedy: 'Take an id that `GET /api/v1/mappings` or an entry of a history names.',
  },
  VERSION_CONFLICT: {
    meaning: 'Two events of AcmeCRM carry one version of a contact and different contents.',
    remedy: operator,
  },
  INVALID_EVENT: { meaning: 'An event does not have the members that its type asks for.', remedy: operator },
  MAPPING_FAILED: {
    meaning: 'The field mapping makes no contact of the record, or no record of the contact.',
    remedy: operator,
  },
  UNDECODABLE: {
    meaning: 'A record of a topic cannot be decoded by any schema that the registry has.',
    remedy: operator,
  },
  OUTBOX_REFUSED: {
    meaning:
      'Kafka refuses the outgoing event of a change for good, as when it is larger than its topic takes.',
    remedy:
      'Nothing for a caller: the change is stored; an operator mends the topic, and it is sent within a minute.',
  },
  LINK_CONFLICT: {
    meaning:
      'A record of AcmeCRM names as its external id a contact of ours that belongs to another record, or the record has a contact of its own.',
    remedy:
      'Nothing for a caller: an operator sees it among the dead letters, corrects the external id in AcmeCRM and replays.',
  },
  WRITE_UNDER_WAY: {
    meaning:
      'A write of ours to AcmeCRM is under way, and until its answer is known nobody can tell whether this event is its echo.',
    remedy: 'Nothing for a caller: the event is tried again by itself within seconds.',
  },
  ACME_REFUSED: {
    meaning: 'AcmeCRM does not take what was to be written of a contact; the pointer is as it told it.',
    remedy: 'Correct the field here: the next edit of the contact is written anew.',
  },
  ACME_NOT_FOUND: {
    meaning: 'AcmeCRM has no record any more of a contact that was to be written, and tells of no delete.',
    remedy: 'See the conflict inbox: try again, or delete the contact here too.',
  },
  RUN_NOT_FOUND: {
    meaning: 'The simulator has no run of this id, or no longer.',
    remedy: 'Start a run and take its id.',
  },
  RUN_ACTIVE: {
    meaning: 'The simulator carries out a run, and it carries out one at a time.',
    remedy: 'Wait until that run has ended.',
  },
  TARGET_NOT_ALLOWED: {
    meaning: 'Deliveries of the simulator go to the targets of its configuration, and this is none of them.',
    remedy: 'Take one of those that `GET /api/v1/simulator/status` names.',
  },
  SIMULATOR_DISABLED: {
    meaning: 'The simulator is switched off by configuration, as it is in production.',
    remedy: 'Use a system for tests; an operator switches it on there with `SIMULATOR_ENABLED`.',
  },
  OVERLOADED: { meaning: 'The service has as much under way as it can take.', remedy: retry },
  SHUTTING_DOWN: { meaning: 'This copy of the service is ending; others are there.', remedy: retry },
  DEPENDENCY_UNAVAILABLE: {
    meaning: 'Something that the request needs (a store, the broker, another service) does not answer.',
    remedy: retry,
  },
  STORAGE_FULL: {
    meaning: 'The store takes no further data; reads go on.',
    remedy: `${retry} It heals when an operator has made room.`,
  },
  TIMEOUT: {
    meaning: 'The request took longer than it may; a change may have been carried out.',
    remedy: retry,
  },
  INTERNAL: {
    meaning: 'Something went wrong on our side, and nothing more is told.',
    remedy: 'Report the `requestId`; the log of the service has the cause.',
  },
};

/** Where the services that answer the outside tell of the codes; the fragment of a problem's `type` leads to the entry. */
export const ERROR_PAGE = '/docs/errors';

/** The `type` of a problem (RFC 9457 section 3.1.1): an absolute path at whatever host gave the answer. */
export const errorType = (code: ErrorCode): string => `${ERROR_PAGE}#${code}`;
