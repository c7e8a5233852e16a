import { AppError } from '@contact-sync/domain';
import type { App } from '@contact-sync/service-kit';
import type { FastifyRequest } from 'fastify';
import type { CrmConduct } from '../crm-ports.ts';
import { failureAt, refusalOf } from '../domain/crm/conduct.ts';
import type { Clock } from '../ports.ts';

export type BehaveOptions = {
  readonly conduct: Pick<CrmConduct, 'current'>;
  readonly clock: Clock;
  /** Aborted once the process is on its way out: nobody waits any longer. */
  readonly draining: AbortSignal;
};

const RETRY_AFTER_MS = 1_000;

const failures = {
  limited: () =>
    new AppError('RATE_LIMITED', {
      message: 'AcmeCRM takes no more requests just now.',
      retryAfterMs: RETRY_AFTER_MS,
    }),
  unavailable: () =>
    new AppError('DEPENDENCY_UNAVAILABLE', { message: 'AcmeCRM is away.', retryAfterMs: RETRY_AFTER_MS }),
  unauthorized: () => new AppError('UNAUTHENTICATED', { message: 'AcmeCRM does not know this API key.' }),
};

const memberOf = (value: unknown, member: string): string => {
  const found = typeof value === 'object' && value !== null ? Reflect.get(value, member) : undefined;
  return typeof found === 'string' ? found : '';
};

/** A new contact has no id yet, and is known by its external one. */
const recordOf = ({ params, body }: FastifyRequest): string =>
  memberOf(params, 'id') || memberOf(body, 'acme_external_id');

const refusals = {
  400: () =>
    new AppError('INVALID_BODY', {
      message: 'AcmeCRM takes no such record.',
      errors: [{ pointer: '/acme_email', detail: 'is against a rule of its own' }],
    }),
  403: () => new AppError('FORBIDDEN', { message: 'AcmeCRM does not let this record be changed.' }),
  500: () => new AppError('INTERNAL', { message: 'AcmeCRM has a fault with this record.' }),
};

/** Has AcmeCRM's API behave as it is set to: late, away, refusing some records. */
export const behaveAs = (app: App, { conduct, clock, draining }: BehaveOptions): void => {
  app.addHook('preHandler', async (request, reply) => {
    const now = await conduct.current();
    if (now.latencyMs !== undefined) await clock.wait(now.latencyMs, draining).catch(() => undefined);
    const failure = failureAt(now, clock.now());
    if (failure === 'unauthorized') reply.header('www-authenticate', 'Bearer realm="acme"');
    if (failure !== undefined) throw failures[failure]();
    const status = request.method === 'GET' ? undefined : refusalOf(now, recordOf(request));
    if (status !== undefined) throw refusals[status]();
  });
};
