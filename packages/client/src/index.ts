export type { Credentials } from './access-tokens.ts';
export { ApiProblem, type ProblemFault } from './api-problem.ts';
export { type Client, type ClientOptions, createClient } from './create-client.ts';
export type { RetryOptions } from './retries.ts';
export type { ApiRoutes, CallAnswer, CallInput, CallOptions, RouteName } from './route-types.ts';
