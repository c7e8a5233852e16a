export { ApiProblem, type ProblemFault } from './api-problem.ts';
export { type Client, type ClientOptions, createClient } from './create-client.ts';
export type {
  Credentials,
  MachineCredentials,
  PersonCredentials,
  TokenCredentials,
  TokenSource,
} from './credentials.ts';
export { type EditOptions, editContact } from './edit-contact.ts';
export { NoAnswer } from './no-answer.ts';
export type { RetryOptions } from './retries.ts';
export { retryAfterMsOf } from './retry-after.ts';
export type { ApiRoutes, CallAnswer, CallInput, CallOptions, RouteName } from './route-types.ts';
export type { ServerSentEvent } from './server-sent-events.ts';
