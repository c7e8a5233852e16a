import { parseJson } from '@contact-sync/domain';
import { createKeys, defineScript, loadScript, type RedisConnection } from '@contact-sync/redis';
import type { CrmStore, CrmWritten, StoredCrmContact } from '../../crm-ports.ts';
import type { CrmContact } from '../../domain/crm/crm-contact.ts';

/** Contacts that AcmeCRM holds at most, deleted ones among them. */
const MAX_CONTACTS = 200_000;
/** Webhooks that may wait. */
const MAX_EVENTS = 20_000;
const DAY_SECONDS = 86_400;
/** Of a time in ms since 1970. */
const TIME_DIGITS = 14;

const write = defineScript<CrmWritten>({
  name: 'crm-write',
  lua: loadScript(new URL('./crm-write.lua', import.meta.url)),
  keys: 5,
  reply: (reply) => {
    const [kind, id = ''] = reply as string[];
    if (kind === 'taken') return { kind, id };
    if (kind === 'moved' || kind === 'full' || kind === 'written') return { kind };
    throw new Error(`the script crm-write answered ${kind}`);
  },
});

/** By the time of the last change, then by id. */
const placeOf = ({ record }: CrmContact): string =>
  `${String(Date.parse(record.acme_updated_at ?? '')).padStart(TIME_DIGITS, '0')} ${record.id}`;

/** Where the list begins that holds everything from a time on, in ms since 1970. */
const placeSince = (since: number): string => String(Math.max(0, since)).padStart(TIME_DIGITS, '0');

/** One script touches them, so they are of one shard. */
export const createCrmKeys = (prefix = '') => {
  const keys = createKeys('simulator', { prefix });
  const key = (...parts: string[]) => keys.inShard(0, 'crm', ...parts);
  return {
    contact: (id: string) => key('contact', id),
    answer: (idempotencyKey: string) => key('answer', idempotencyKey),
    places: key('places'),
    externalIds: key('external-ids'),
    events: key('events'),
  };
};

const read = (text: string | null | undefined): StoredCrmContact | undefined =>
  // Written by this store alone.
  text ? { text, contact: parseJson(text) as CrmContact } : undefined;

/** AcmeCRM's contacts in Redis, under `simulator:`. `keyPrefix` sets a test's keys apart. */
export const createRedisCrmStore = (
  redis: RedisConnection,
  { keyPrefix = '' }: { readonly keyPrefix?: string } = {},
): CrmStore => {
  const keys = createCrmKeys(keyPrefix);
  return {
    find: async (id) => read(await redis.use((client) => client.get(keys.contact(id)))),
    answerOf: async (key) => {
      const text = await redis.use((client) => client.get(keys.answer(key)));
      return text === null ? undefined : (parseJson(text) as Awaited<ReturnType<CrmStore['answerOf']>>);
    },
    write: ({ before, contact, event, answer }) =>
      redis.run(write, {
        keys: [
          keys.contact(contact.record.id),
          keys.places,
          keys.externalIds,
          keys.answer(answer?.key ?? ''),
          keys.events,
        ],
        args: [
          before?.text ?? '',
          JSON.stringify(contact),
          before ? placeOf(before.contact) : '',
          placeOf(contact),
          contact.record.acme_external_id ?? '',
          contact.record.id,
          answer ? JSON.stringify({ bodyHash: answer.bodyHash, contact }) : '',
          DAY_SECONDS,
          JSON.stringify(event),
          MAX_CONTACTS,
          MAX_EVENTS,
        ],
      }),
    list: async ({ from, after, limit }) => {
      const start = after === undefined ? `[${placeSince(from)}` : `(${after}`;
      const places = await redis.use((client) =>
        client.zrangebylex(keys.places, start, '+', 'LIMIT', 0, limit + 1),
      );
      const page = places.slice(0, limit);
      const ids = page.map((place) => place.slice(TIME_DIGITS + 1));
      const texts =
        ids.length === 0 ? [] : await redis.use((client) => client.mget(ids.map((id) => keys.contact(id))));
      const next = places.length > limit ? page.at(-1) : undefined;
      return {
        // What has changed since its place was read stands further down the list.
        contacts: texts.flatMap((text) => read(text)?.contact ?? []),
        ...(next !== undefined && { next }),
      };
    },
  };
};
