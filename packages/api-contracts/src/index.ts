export { conditionHeaders } from './condition-headers.ts';
export { defineRoute } from './define-route.ts';
export { ERROR_PAGE, type ErrorEntry, errorReference, errorType } from './error-reference.ts';
export { errorsOf } from './implied-errors.ts';
export { type LimitClass, limitClasses } from './limit-class.ts';
export { type DocumentOptions, openApiDocument } from './openapi/document.ts';
export { gatewayDocument } from './openapi/documents.ts';
export {
  type InternalScope,
  internalScopes,
  isInternalScope,
  isScope,
  type Permission,
  permissions,
  type Scope,
} from './permissions.ts';
export { Problem, titleOfCode } from './problem.ts';
export type {
  AnswerContract,
  BodyContract,
  Method,
  RouteAccess,
  RouteContract,
  Routes,
  ServiceName,
} from './route-contract.ts';
export {
  type AnswerBodyOf,
  type AnswerOf,
  type BodyOf,
  type HeadersOf,
  type JsonText,
  jsonTextOf,
  type ParamsOf,
  type QueryOf,
} from './route-types.ts';
export {
  AcmeNewContact,
  AcmePatch,
  AcmeRecord,
} from './routes/acme/v1/contacts/acme-record.ts';
export {
  ContactInput,
  ContactPatch,
  ContactReplacement,
  ReadOnlyMembers,
} from './routes/api/v1/contacts/contact-input.ts';
export { DryRunResult } from './routes/api/v1/dead-letters/dry-run-dead-letters.ts';
export { DeadLetter, LetterDecision, LetterState } from './routes/api/v1/dead-letters/letter.ts';
export { LetterSelection } from './routes/api/v1/dead-letters/letter-selection.ts';
export { AuditEntry } from './routes/api/v1/dead-letters/list-letter-audit.ts';
export { Replay, ReplayRequest } from './routes/api/v1/dead-letters/replays/replay.ts';
export { Attempt, ContentFate, EventFate, FateName, Reception } from './routes/api/v1/events/event-fate.ts';
export { Pipeline } from './routes/api/v1/pipeline/get-pipeline.ts';
export { Rewind, RewindRequest } from './routes/api/v1/rewinds/rewind.ts';
export { AcmeConduct } from './routes/api/v1/simulator/acme/acme-conduct.ts';
export {
  DeliveryAttempt,
  LoggedDelivery,
} from './routes/api/v1/simulator/deliveries/logged-delivery.ts';
export { DeliveryFault, SendRequest } from './routes/api/v1/simulator/deliveries/send-delivery.ts';
export { Finding, FindingCode, Findings } from './routes/api/v1/simulator/runs/finding.ts';
export { Progress, Run, RunState } from './routes/api/v1/simulator/runs/run.ts';
export { RunOptions, RunRequest } from './routes/api/v1/simulator/runs/run-request.ts';
export { Fates, Latency, Refusal, ScenarioVerdict, Verdict } from './routes/api/v1/simulator/runs/verdict.ts';
export {
  Sweep,
  SweepCounts,
  SweepDifference,
  SweepFinding,
  SweepRequest,
} from './routes/api/v1/sweeps/sweep.ts';
export { SourceEvents } from './routes/internal/contacts/get-source-events.ts';
export { BornHere } from './routes/internal/contacts/list-born-here.ts';
export { KnownMirror, MirrorVersion } from './routes/internal/contacts/mirror-version.ts';
export { Receipt, Receipts } from './routes/internal/events/receipts-answer.ts';
export { RevocationPage } from './routes/internal/revocations/follow-revocations.ts';
export { Revocation } from './routes/internal/revocations/revocation.ts';
export { PublicJwk } from './routes/well-known/get-jwks.ts';
export * from './services.ts';
export { statusOf } from './status-of.ts';
