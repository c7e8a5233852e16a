import type { ServiceTokens } from '@contact-sync/access';
import { deliveryReplayRoutes } from '@contact-sync/api-contracts';
import { AppError } from '@contact-sync/domain';
import { compileCheck, type HttpClient } from '@contact-sync/service-kit';
import type { DeliveryReplayer, ReplayedItem } from '../replay/ports.ts';
import { callInternal } from './internal-caller.ts';

const { path, answers } = deliveryReplayRoutes.replayDelivery;
const checkAnswer = compileCheck(answers[200].body);

/** ingest's internal replay route, called with a machine token (design rule 9). */
export const createHttpDeliveryReplayer = (options: {
  readonly http: HttpClient;
  readonly tokens: Pick<ServiceTokens, 'getToken' | 'invalidate'>;
}): DeliveryReplayer => ({
  replay: async ({ body, receivedAt, secretId }, { dryRun }) => {
    const { status, json } = await callInternal(options, {
      method: 'POST',
      path,
      json: {
        body: body.toString('base64'),
        receivedAt,
        dryRun,
        ...(secretId !== undefined && { secretId }),
      },
    });
    if (status === 200 && checkAnswer(json).length === 0) {
      return (json as { readonly results: readonly ReplayedItem[] }).results;
    }
    throw new AppError('DEPENDENCY_UNAVAILABLE', {
      message: 'webhook-ingest does not take replays now.',
      internal: `webhook-ingest answered ${status} to a replay`,
      retryable: true,
    });
  },
});
