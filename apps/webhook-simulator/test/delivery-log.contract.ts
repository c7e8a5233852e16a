import type { LoggedDelivery } from '@contact-sync/api-contracts';
import { eventually } from '@contact-sync/testing';
import { v7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import type { DeliveryLog } from '../src/ports.ts';

export const newDelivery = (change: Partial<LoggedDelivery> = {}): LoggedDelivery => ({
  id: v7(),
  eventIds: ['evt_1'],
  target: 'http://127.0.0.1:3003',
  fault: 'none',
  state: 'accepted',
  attempts: [{ number: 1, at: '2026-01-01T00:00:00.000Z', latencyMs: 1, status: 202 }],
  body: '{}',
  ...change,
});

const all = () => true;

/** What every {@link DeliveryLog} guarantees. */
export const deliveryLogContract = (name: string, create: () => DeliveryLog): void => {
  describe(`${name} as a log of deliveries`, () => {
    it('gives a delivery back, and none that there never was', async () => {
      const log = create();
      const delivery = newDelivery({ runId: 'r1', scenario: 'steady' });
      log.add(delivery);
      expect(await eventually(async () => (await log.find(delivery.id)) ?? expect.fail())).toEqual(delivery);
      expect(await log.find(v7())).toBeUndefined();
      await log.close();
    });

    it('tells of what comes after a time in which nothing came', async () => {
      const log = create();
      const before = await log.newest();
      const delivery = newDelivery();
      log.add(delivery);
      const since = await log.since(before, 100);
      expect(since.map(({ id }) => id)).toEqual([delivery.id]);
      await log.close();
    });

    it('lists what is wanted, newest first, page by page, and goes on from behind any of them', async () => {
      const log = create();
      const mine = Array.from({ length: 5 }, () => newDelivery({ runId: 'mine' }));
      for (const delivery of mine) {
        log.add(delivery);
        log.add(newDelivery({ runId: 'other' }));
      }
      const ids = mine.map(({ id }) => id).reverse();
      const isWanted = ({ runId }: LoggedDelivery) => runId === 'mine';
      const first = await log.list({ limit: 3, isWanted });
      expect(first.deliveries.map(({ id }) => id)).toEqual(ids.slice(0, 3));
      const rest = await log.list({ limit: 3, before: first.next ?? '', isWanted });
      expect(rest.deliveries.map(({ id }) => id)).toEqual(ids.slice(3));
      const since = await log.since(mine[2]?.id, 100);
      expect(since.filter(isWanted).map(({ id }) => id)).toEqual(mine.slice(3).map(({ id }) => id));
      expect(await log.newest()).toBe((await log.list({ limit: 1, isWanted: all })).deliveries[0]?.id);
      await log.close();
    });
  });
};
