import type { ServiceTokens } from '@contact-sync/access';
import { liftRoutes } from '@contact-sync/api-contracts';
import { AppError } from '@contact-sync/domain';
import { compileCheck, type HttpClient } from '@contact-sync/service-kit';
import type { ContactLifter } from '../rewind/ports.ts';
import { callInternal } from './internal-caller.ts';

const { path, answers } = liftRoutes.liftContacts;
const checkAnswer = compileCheck(answers[200].body);

/** contact-service's internal lift route, called with a machine token (design section 5). */
export const createHttpContactLifter = (options: {
  readonly http: HttpClient;
  readonly tokens: Pick<ServiceTokens, 'getToken' | 'invalidate'>;
}): ContactLifter => ({
  lift: async (contacts, { dryRun }) => {
    const { status, json } = await callInternal(options, {
      method: 'POST',
      path,
      json: { contacts, dryRun },
    });
    if (status === 200 && checkAnswer(json).length === 0) {
      return (json as { readonly lifted: readonly string[] }).lifted;
    }
    throw new AppError('DEPENDENCY_UNAVAILABLE', {
      message: 'contact-service does not lift contacts now.',
      internal: `contact-service answered ${status} to a lift`,
      retryable: true,
    });
  },
});
