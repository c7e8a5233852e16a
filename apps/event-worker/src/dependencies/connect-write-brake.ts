import type { RedisConnection } from '@contact-sync/redis';
import type { ServiceContext } from '@contact-sync/service-kit';
import { createRedisWriteBrake } from '../adapters/write-brake/redis-write-brake.ts';
import type { Config } from '../config.ts';
import { mostDeletes } from '../write-back/brake-limit.ts';

export type WriteBrakeParts = {
  readonly redis: RedisConnection;
  /** How many contacts there are, as far as is known. */
  readonly contacts: () => number;
};

/** The one brake on deletes that go either way, at the same bounds for all who ask it (design section 6, point 5). */
export const connectWriteBrake = (
  { ACME_BRAKE_COUNT: count, ACME_BRAKE_SHARE: share }: Pick<Config, 'ACME_BRAKE_COUNT' | 'ACME_BRAKE_SHARE'>,
  { logger }: { readonly logger: Pick<ServiceContext['logger'], 'error'> },
  { redis, contacts }: WriteBrakeParts,
) =>
  createRedisWriteBrake({
    redis,
    most: () => mostDeletes({ count, share }, contacts()),
    now: Date.now,
    onBraked: () =>
      logger.error('too many deletes: nothing is written to AcmeCRM, nor swept, until somebody accepts'),
  });
