import { defineScript, loadScript, type RedisConnection } from '@contact-sync/redis';
import type { HeldChanges, Refusal } from '../../ports.ts';
import type { HeldKeys } from './held-keys.ts';
import { fromOutboxFields, toOutboxFields } from './outbox-fields.ts';

const script = (name: string, keys: number) =>
  defineScript({
    name: `outbox-${name}`,
    lua: loadScript(new URL(`./${name}.lua`, import.meta.url)),
    keys,
    reply: Number,
  });

const setAsideScript = script('set-aside', 4);
const letGoScript = script('let-go', 3);

const outcomes = ['overtaken', 'aside', 'free'] as const;

export type HeldOptions = {
  readonly redis: RedisConnection;
  readonly keys: HeldKeys;
  readonly stream: string;
  readonly fence: string;
  readonly shard: number;
};

/** Changes that wait behind one that was refused for good, in Redis. */
export const createHeldChanges = ({ redis, keys, stream, fence, shard }: HeldOptions): HeldChanges => {
  const refusals = keys.refusals(shard);
  return {
    refusals: async () => {
      const found = await redis.use((client) => client.hgetall(refusals));
      return new Map(Object.entries(found).map(([id, text]) => [id, JSON.parse(text) as Refusal]));
    },
    setAside: async (token, entry, refusal) => {
      const { id } = entry.contact;
      const [, text] = toOutboxFields(entry);
      const outcome = await redis.run(setAsideScript, {
        keys: [stream, fence, refusals, keys.queue(id)],
        args: [token, entry.id, id, text, refusal ? JSON.stringify(refusal) : ''],
      });
      return outcomes[outcome] ?? 'overtaken';
    },
    first: async (id) => {
      const text = await redis.use((client) => client.lindex(keys.queue(id), 0));
      return text === null ? null : fromOutboxFields(['change', text]);
    },
    letGo: async (token, { contact: { id }, outgoing: { eventId } }) =>
      (await redis.run(letGoScript, {
        keys: [keys.queue(id), fence, refusals],
        args: [token, id, eventId],
      })) === 1,
  };
};
