import { parseJson } from '@contact-sync/domain';
import type { RedisConnection } from '@contact-sync/redis';
import type { CrmEvents, WaitingWebhook } from '../../crm-ports.ts';
import type { Webhook } from '../../domain/acme/event.ts';
import { createCrmKeys } from './redis-crm-store.ts';

const GROUP = 'sender';
/** A copy that was killed had longer than any delivery takes; what it had begun is another's. */
const ABANDONED_MS = 120_000;

type Entry = readonly [id: string, fields: readonly string[]];

const eventsOf = (entries: readonly (Entry | null)[]): WaitingWebhook[] =>
  entries.flatMap((entry) => {
    const [id, fields] = entry ?? [];
    const body = fields?.[1];
    if (id === undefined || body === undefined) return [];
    // Written with the contact by crm-write.
    const webhook = parseJson(body) as Webhook;
    return [{ id, eventId: webhook.id, acmeId: webhook.data.id, body }];
  });

/** Webhooks that wait to be sent, shared by all copies: each is some copy's until it is done, and another's after two minutes. */
export const createRedisCrmEvents = (
  redis: RedisConnection,
  { copy, keyPrefix = '' }: { readonly copy: string; readonly keyPrefix?: string },
): CrmEvents => {
  const { events } = createCrmKeys(keyPrefix);
  const makeGroup = () =>
    redis.use((client) =>
      client.xgroup('CREATE', events, GROUP, '0', 'MKSTREAM').catch((error: unknown) => {
        // Another look, or another copy, has made it.
        if (!(error instanceof Error && error.message.startsWith('BUSYGROUP'))) throw error;
      }),
    );
  return {
    take: async (count) => {
      await makeGroup();
      const [, abandoned] = await redis.use((client) =>
        client.xautoclaim(events, GROUP, copy, ABANDONED_MS, '0', 'COUNT', count),
      );
      const found = eventsOf(abandoned as Entry[]);
      if (found.length > 0) return found;
      const reply = await redis.use((client) =>
        client.xreadgroup('GROUP', GROUP, copy, 'COUNT', count, 'STREAMS', events, '>'),
      );
      const [stream] = (reply ?? []) as [string, Entry[]][];
      return eventsOf(stream?.[1] ?? []);
    },
    done: async (id) => {
      await redis.transaction((transaction) => {
        transaction.xack(events, GROUP, id).xdel(events, id);
      });
    },
  };
};
