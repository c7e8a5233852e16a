import { type Producer, webhookQuarantine } from '@contact-sync/kafka';
import { v7 } from 'uuid';
import type { Quarantine, RefusedItem } from '../ports.ts';

export type QuarantineOptions = {
  readonly producer: Pick<Producer, 'send'>;
  /** How many items of deliveries that are answered 400 may be kept a minute. */
  readonly perMinute: number;
  /** Hears of an item that was not kept. */
  readonly onSkipped: (reason: 'capped' | 'failed') => void;
  /** Unix milliseconds. */
  readonly now: () => number;
};

const createMinuteCap = (perMinute: number, now: () => number) => {
  let minute = 0;
  let taken = 0;
  return () => {
    const current = Math.floor(now() / 60_000);
    if (current !== minute) taken = 0;
    minute = current;
    taken += 1;
    return taken <= perMinute;
  };
};

/** Refused items on the quarantine topic, whose retention bounds how long they are kept. */
export const createKafkaQuarantine = ({
  producer,
  perMinute,
  onSkipped,
  now,
}: QuarantineOptions): Quarantine => {
  const allows = createMinuteCap(perMinute, now);
  const keep = async (item: RefusedItem): Promise<void> => {
    await producer.send(webhookQuarantine, {
      value: {
        quarantineId: v7(),
        receivedAt: item.receivedAt,
        source: 'acmecrm',
        reason: item.reason,
        errors: item.errors.map((error) => ({ ...error })),
        body: item.body,
        secretId: item.secretId,
        headers: {},
        ...(item.itemIndex !== undefined && { itemIndex: item.itemIndex }),
        ...(item.eventId !== undefined && { eventId: item.eventId }),
      },
    });
  };
  const offerOne = async (item: RefusedItem): Promise<void> => {
    if (!allows()) return onSkipped('capped');
    try {
      await keep(item);
    } catch {
      onSkipped('failed');
    }
  };
  return {
    keep,
    offer: async (items) => {
      await Promise.all(items.map(offerOne));
    },
  };
};
