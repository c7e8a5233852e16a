import type { LoggedDelivery } from '@contact-sync/api-contracts';
import type { DeliveryLog } from '../src/ports.ts';

/** Keeps what it is given, as it is given. */
export const createMemoryDeliveryLog = (): DeliveryLog => {
  const deliveries = new Map<string, LoggedDelivery>();
  const sorted = () => [...deliveries.values()].toSorted((one, other) => (one.id < other.id ? -1 : 1));
  return {
    add: (delivery) => void deliveries.set(delivery.id, delivery),
    find: async (id) => deliveries.get(id),
    list: async ({ limit, before, isWanted }) => {
      const older = sorted()
        .reverse()
        .filter(({ id }) => before === undefined || id < before);
      const found = older.filter(isWanted).slice(0, limit);
      const last = found.at(-1);
      return { deliveries: found, ...(found.length === limit && last && { next: last.id }) };
    },
    since: async (after, limit) =>
      sorted()
        .filter(({ id }) => after === undefined || id > after)
        .slice(0, limit),
    newest: async () => sorted().at(-1)?.id,
    close: async () => undefined,
  };
};
