import { AppError, ApplyResult, errorCodes } from '@contact-sync/domain';
import { compileCheck, type HttpResponse } from '@contact-sync/service-kit';
import { Type } from 'typebox';
import type { ApplyAnswer } from '../ports.ts';

const checkAnswer = compileCheck(Type.Object({ results: Type.Array(ApplyResult) }));

/** It takes nothing now, whatever is in it. */
const notNow = (internal: string): AppError =>
  new AppError('DEPENDENCY_UNAVAILABLE', {
    message: 'contact-service does not take events now.',
    internal,
    retryable: true,
  });

/** It failed on this batch. */
export const failedOnBatch = (internal: string, cause?: unknown): AppError =>
  new AppError('INTERNAL', {
    message: 'contact-service failed on a batch.',
    internal,
    cause,
    retryable: true,
  });

/**
 * Answers that are about the content: no JSON or no schema of the route (400), too much of it (413), not to be processed
 * (422). Any other 4xx is about our call.
 */
const refusals: readonly number[] = [400, 413, 422];

/**
 * Answers that any batch would get: our token is not taken (401) or lacks its scope (403), we were too slow or too many
 * (408, 425, 429), there is no such route (404, 405: an older copy, or a wrong address), it is stopping or starting (503).
 */
const notAboutTheBatch: readonly number[] = [401, 403, 404, 405, 408, 425, 429, 503];

type Problem = { readonly code?: unknown; readonly errors?: readonly { readonly pointer?: unknown }[] };

const isKnown = (code: unknown): code is string => (errorCodes as readonly unknown[]).includes(code);

/** Inside of an event: the batch is halved until it is one, so its place among the others is of no account. */
const withinEvent = (pointer: unknown): string | undefined =>
  typeof pointer === 'string' ? /^\/events\/\d+(\/.*)$/.exec(pointer)?.[1] : undefined;

const refusalOf = (json: unknown): ApplyAnswer => {
  const { code, errors } = (json ?? {}) as Problem;
  const pointer = Array.isArray(errors) ? withinEvent(errors[0]?.pointer) : undefined;
  return {
    refused: { code: isKnown(code) ? code : 'INVALID_EVENT', ...(pointer !== undefined && { pointer }) },
  };
};

const resultsOf = (json: unknown, expected: number): ApplyAnswer => {
  if (checkAnswer(json).length > 0)
    throw failedOnBatch('contact-service answered with something else than results');
  const { results } = json as { results: ApplyResult[] };
  if (results.length !== expected) {
    throw failedOnBatch(`contact-service answered ${results.length} results to ${expected} events`);
  }
  return { results };
};

/**
 * What an answer of the apply route says about a batch of `expected` events.
 *
 * @throws {AppError} as ContactApplier.apply does.
 */
export const readApplyAnswer = ({ status, json }: HttpResponse, expected: number): ApplyAnswer => {
  if (status === 200) return resultsOf(json, expected);
  if (refusals.includes(status)) return refusalOf(json);
  const text = `contact-service answered ${status} to a batch`;
  throw notAboutTheBatch.includes(status) ? notNow(text) : failedOnBatch(text);
};
