import type { consumerRoutes } from '@contact-sync/api-contracts';
import { AppError } from '@contact-sync/domain';
import type { Logger, RouteHandlers } from '@contact-sync/service-kit';
import type { ConsumerGroup, PausedGroup } from '../ports.ts';

const shown = ({ fingerprint, why, since }: PausedGroup) => ({
  fingerprint,
  why,
  since: new Date(since).toISOString(),
});

const show = async ({ group, brakes }: ConsumerGroup) => {
  const paused = await Promise.all(brakes.map((brake) => brake.paused()));
  return { group, paused: paused.flatMap((one) => (one === undefined ? [] : [shown(one)])) };
};

/** `/api/v1/consumers`: an operator sees what is paused, and lets it go on (design rule 8, section 6). */
export const consumerHandlers = (
  groups: readonly ConsumerGroup[],
  logger: Pick<Logger, 'warn'>,
): RouteHandlers<typeof consumerRoutes> => ({
  listConsumers: async () => ({ status: 200, body: { items: await Promise.all(groups.map(show)) } }),
  resumeConsumer: async ({ params: { group }, body: { accept }, principal }) => {
    const meant = groups.find((known) => known.group === group);
    if (meant === undefined) {
      throw new AppError('NOT_FOUND', { message: 'There is no such consumer group here.' });
    }
    const accepted = await Promise.all(meant.brakes.map((brake) => brake.accept(accept)));
    const resumed = accepted.some(Boolean);
    logger.warn(
      { group, fingerprint: accept, resumed, by: principal?.id },
      'an operator has accepted a fingerprint',
    );
    return { status: 200, body: { accepted: accept, resumed } };
  },
});
