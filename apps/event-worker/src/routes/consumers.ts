import type { consumerRoutes } from '@contact-sync/api-contracts';
import { AppError } from '@contact-sync/domain';
import { consumerGroup } from '@contact-sync/kafka';
import type { Logger, RouteHandlers } from '@contact-sync/service-kit';
import type { BrakeOperator } from '../ports.ts';

/** `/api/v1/consumers`: an operator lets a group go on that is paused (design rule 8). */
export const consumerHandlers = (
  brake: BrakeOperator,
  logger: Pick<Logger, 'warn'>,
): RouteHandlers<typeof consumerRoutes> => ({
  resumeConsumer: async ({ params, body: { accept }, principal }) => {
    if (params.group !== consumerGroup) {
      throw new AppError('NOT_FOUND', { message: 'There is no such consumer group here.' });
    }
    const resumed = await brake.accept(accept);
    logger.warn(
      { fingerprint: accept, resumed, by: principal?.id },
      'an operator has accepted a fingerprint',
    );
    return { status: 200, body: { accepted: accept, resumed } };
  },
});
