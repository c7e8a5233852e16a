import type { Consumer } from 'kafkajs';
import type { Logger } from '../logger.ts';
import type { ConsumerHooks } from './hooks.ts';

export type MembershipOptions = {
  readonly groupId: string;
  readonly hooks: ConsumerHooks;
  readonly logger: Logger;
  readonly onFatal: (error: Error) => void;
  /** How long no sign of life from the broker is still a sign of health. */
  readonly silenceMs: number;
};

/** How long a member may go without a fetch that begins, ends or times out; the longest takes half of that. */
const frozenAfterMs = 25_000;

/** What a consumer knows of its place in the group, from kafkajs's events. */
export const watchMembership = (
  consumer: Consumer,
  { groupId, hooks, logger, onFatal, silenceMs }: MembershipOptions,
) => {
  const { events } = consumer;
  const joined = Promise.withResolvers<void>();
  let isMember = false;
  let lastSignAt = Number.NEGATIVE_INFINITY;
  let isReading = false;
  let lastStirAt = Number.NEGATIVE_INFINITY;

  const sign = () => {
    lastSignAt = performance.now();
  };
  const stir = () => {
    lastStirAt = performance.now();
  };

  consumer.on(events.HEARTBEAT, sign);
  consumer.on(events.FETCH, () => {
    sign();
    stir();
  });
  consumer.on(events.FETCH_START, stir);
  consumer.on(events.REQUEST_TIMEOUT, stir);
  consumer.on(events.GROUP_JOIN, ({ payload }) => {
    sign();
    stir();
    isMember = true;
    isReading = true;
    logger.info({ groupId, assignment: payload.memberAssignment }, 'joined the consumer group');
    hooks.onAssigned({ groupId, assignment: payload.memberAssignment });
    joined.resolve();
  });
  consumer.on(events.REBALANCING, () => {
    isReading = false;
    hooks.onRebalancing();
  });
  consumer.on(events.CRASH, ({ payload: { error, restart } }) => {
    const wasMember = isMember;
    isMember = false;
    isReading = false;
    if (wasMember) hooks.onAssigned({ groupId, assignment: {} });
    if (!restart) {
      logger.error({ err: error, groupId }, 'the Kafka consumer has stopped for good');
      onFatal(error);
    } else {
      logger[wasMember ? 'warn' : 'debug'](
        { err: error, groupId },
        'the Kafka consumer lost its group; trying on',
      );
    }
  });

  return {
    /** Resolves at the first joining. */
    joined: joined.promise,
    isHealthy: () => isMember && performance.now() - lastSignAt < silenceMs,
    /** Whether a member has stopped fetching: a broker that is away would make it time out or lose its group. */
    isFrozen: () => isReading && performance.now() - lastStirAt > frozenAfterMs,
    leave: () => {
      isMember = false;
      isReading = false;
    },
  };
};
