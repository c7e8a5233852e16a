import type { Consumer } from 'kafkajs';
import type { Logger } from '../logger.ts';
import type { ConsumerHooks } from './hooks.ts';

export type MembershipOptions = {
  readonly hooks: ConsumerHooks;
  readonly logger: Logger;
  readonly onFatal: (error: Error) => void;
  /** How long no sign of life from the broker is still a sign of health. */
  readonly silenceMs: number;
};

/** What a consumer knows of its place in the group, from kafkajs's events. */
export const watchMembership = (
  consumer: Consumer,
  { hooks, logger, onFatal, silenceMs }: MembershipOptions,
) => {
  const { events } = consumer;
  const joined = Promise.withResolvers<void>();
  let isMember = false;
  let lastSignAt = Number.NEGATIVE_INFINITY;

  const sign = () => {
    lastSignAt = performance.now();
  };

  consumer.on(events.HEARTBEAT, sign);
  consumer.on(events.FETCH, sign);
  consumer.on(events.GROUP_JOIN, ({ payload }) => {
    sign();
    isMember = true;
    logger.info(
      { groupId: payload.groupId, assignment: payload.memberAssignment },
      'joined the consumer group',
    );
    hooks.onAssigned(payload.memberAssignment);
    joined.resolve();
  });
  consumer.on(events.REBALANCING, () => hooks.onRebalancing());
  consumer.on(events.CRASH, ({ payload: { error, restart, groupId } }) => {
    const wasMember = isMember;
    isMember = false;
    hooks.onAssigned({});
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
    leave: () => {
      isMember = false;
    },
  };
};
