import type { QuarantinedDelivery } from '@contact-sync/kafka';
import { describe, expect, it, vi } from 'vitest';
import type { RefusedItem } from '../ports.ts';
import { createKafkaQuarantine, type QuarantineOptions } from './kafka-quarantine.ts';

const item: RefusedItem = {
  body: Buffer.from([0x22, 0xff, 0x22]),
  reason: 'MALFORMED_BODY',
  itemIndex: undefined,
  eventId: undefined,
  errors: [],
  receivedAt: '2026-11-23T07:00:01.000Z',
  secretId: 'acme-1',
};

const setUp = () => {
  const clock = { now: 0 };
  const kept: QuarantinedDelivery[] = [];
  const broker = { isAway: false };
  const send = async (_: unknown, { value }: { value: QuarantinedDelivery }) => {
    if (broker.isAway) throw new Error('away');
    kept.push(value);
  };
  const onSkipped = vi.fn();
  const producer = { send } as unknown as QuarantineOptions['producer'];
  const quarantine = createKafkaQuarantine({ producer, perMinute: 3, onSkipped, now: () => clock.now });
  return { clock, kept, broker, onSkipped, quarantine };
};

describe('createKafkaQuarantine', () => {
  it('keeps the bytes as they came, with why and where', async () => {
    const { kept, quarantine } = setUp();
    await quarantine.keep({ ...item, itemIndex: 4, eventId: 'evt_1' });
    const { body, reason, receivedAt, secretId } = item;
    expect(kept).toMatchObject([{ body, reason, receivedAt, secretId, itemIndex: 4, eventId: 'evt_1' }]);
  });

  it('keeps no more than its cap of what is answered 400 anyway, and tells of the rest', async () => {
    const { clock, kept, onSkipped, quarantine } = setUp();
    await quarantine.offer(Array(5).fill(item));
    expect(kept).toHaveLength(3);
    expect(onSkipped.mock.calls).toEqual([['capped'], ['capped']]);
    clock.now = 60_000;
    await quarantine.offer([item]);
    expect(kept).toHaveLength(4);
  });

  it('has no cap for items whose array is answered 2xx', async () => {
    const { kept, quarantine } = setUp();
    for (let index = 0; index < 5; index += 1) await quarantine.keep(item);
    expect(kept).toHaveLength(5);
  });

  it('fails where the item must be durable, and only tells of it where it need not', async () => {
    const { broker, onSkipped, quarantine } = setUp();
    broker.isAway = true;
    await expect(quarantine.keep(item)).rejects.toThrow();
    await quarantine.offer([item]);
    expect(onSkipped.mock.calls).toEqual([['failed']]);
  });
});
