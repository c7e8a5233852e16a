import {
  AppError,
  type ContactChange,
  createContact,
  emptyContactFields,
  replaceContact,
} from '@contact-sync/domain';
import type { RedisConnection } from '@contact-sync/redis';
import { eventually, uniquePrefix } from '@contact-sync/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRedisContactStore } from '../src/adapters/redis-contact-store/redis-contact-store.ts';
import { assertNothingRefused } from '../src/adapters/redis-outbox/assert-nothing-refused.ts';
import { createRedisOutbox } from '../src/adapters/redis-outbox/redis-outbox.ts';
import type { ContactStore, IntegrationEvents, Outbox, Refusal } from '../src/ports.ts';
import type { BackgroundWork } from '../src/use-cases/background-work.ts';
import { eraseContact } from '../src/use-cases/erase-contact.ts';
import { createOutboxRelay, relayRound } from '../src/use-cases/relay-outbox.ts';

const leaseMs = 400;

type Recorder = IntegrationEvents & {
  readonly seen: string[];
  hold: Promise<unknown>;
  /** For a while. */
  refuse: Set<string>;
  /** For good, and with it whatever is under way together with it, as a broker does. */
  tooLarge: Set<string>;
};

const nameOf = ({ contact }: ContactChange) => `${contact.id}@${contact.version}`;

/** Stands for Kafka: keeps what was published, and can be slow or refuse. */
const createRecorder = (): Recorder => {
  const underWay = new Set<string>();
  const isTooLarge = () => [...underWay].some((name) => recorder.tooLarge.has(name));
  const recorder: Recorder = {
    seen: [],
    hold: Promise.resolve(),
    refuse: new Set(),
    tooLarge: new Set(),
    publish: async (change) => {
      underWay.add(nameOf(change));
      await recorder.hold;
      const [isRefused, isRefusedForGood] = [recorder.refuse.has(nameOf(change)), isTooLarge()];
      setImmediate(() => underWay.delete(nameOf(change)));
      if (isRefused) throw new Error('refused');
      if (isRefusedForGood) throw new AppError('PAYLOAD_TOO_LARGE', { message: 'large' });
      recorder.seen.push(nameOf(change));
    },
  };
  return recorder;
};

/** The relay on the outbox of a Redis. */
export const outboxRelayContract = (name: string, connection: () => RedisConnection): void => {
  describe(`the outbox relay on ${name}`, () => {
    let redis: RedisConnection;
    let prefix: string;
    let store: ContactStore;
    let relays: BackgroundWork[];
    let failures: unknown[];
    let looks: number[];
    let refusals: string[];
    let heldContacts: number[];

    beforeEach(() => {
      redis = connection();
      prefix = uniquePrefix();
      store = createRedisContactStore({ redis, historyLimit: 100, prefix });
      relays = [];
      failures = [];
      looks = [];
      refusals = [];
      heldContacts = [];
    });
    afterEach(async () => {
      for (const relay of relays) await relay.stop();
    });

    const outboxOf = (owner: string): Outbox => createRedisOutbox({ redis, owner, leaseMs, prefix });
    /** One whose own connection stands, for a round that is not tried again. */
    const connected = async (outbox: Outbox): Promise<Outbox> => {
      await eventually(() => outbox.read(1));
      return outbox;
    };
    const start = (
      owner: string,
      events: IntegrationEvents,
      more: { readonly lingerMs?: number; readonly retryHeldMs?: number } = {},
    ) => {
      const observer = {
        relayed: () => undefined,
        waiting: (count: number) => looks.push(count),
        standsBy: () => undefined,
        failed: (error: unknown) => failures.push(error),
        refused: (id: string, { code, version }: Refusal) => refusals.push(`${code} ${id}@${version}`),
        held: (contacts: number) => heldContacts.push(contacts),
      };
      const relay = createOutboxRelay(
        { outbox: outboxOf(owner), events },
        { observer, retryMs: 50, ...more },
      );
      relays.push(relay);
      relay.start();
    };

    /** Writes versions 1 to `versions` of each contact, as the API would. */
    const write = async (ids: readonly string[], versions: number) => {
      const editor = { by: 'user:test', now: new Date().toISOString() };
      const fields = { firstName: 'A', lastName: 'B', email: 'a@b', ...emptyContactFields };
      for (let version = 1; version <= versions; version += 1) {
        for (const id of ids) {
          const [before] = await store.load([id]);
          if (!before) throw new Error('a snapshot is always read');
          const contact = before.contact && !('stub' in before.contact) ? before.contact : null;
          const edit = contact
            ? replaceContact(contact, { ...fields, title: `T${version}` }, editor)
            : createContact(id, fields, editor);
          if (edit.kind !== 'edited') throw new Error('each version changes something');
          await store.commit([
            { id, before, mirror: null, contact: edit.contact, history: [edit.history], outgoing: [edit] },
          ]);
        }
      }
    };

    const versionsOf = (seen: readonly string[], id: string) =>
      seen.filter((name) => name.startsWith(`${id}@`)).map((name) => Number(name.split('@')[1]));

    const size = () => outboxOf('looker').size();

    it('tells of every version once and in order, and empties the outbox', async () => {
      const events = createRecorder();
      start('one', events);
      await write(['a', 'b'], 5);
      await eventually(async () => expect(await size()).toBe(0));
      expect(versionsOf(events.seen, 'a')).toEqual([1, 2, 3, 4, 5]);
      expect(versionsOf(events.seen, 'b')).toEqual([1, 2, 3, 4, 5]);
    });

    it('stops at the first entry that fails, keeps it and all after it, and goes on when it works', async () => {
      await write(['a', 'b', 'c'], 1);
      const events = createRecorder();
      events.refuse.add('b@1');
      start('one', events);
      await eventually(() => expect(failures.length).toBeGreaterThan(0));
      expect(await size()).toBe(2);
      expect(Date.now() - ((await outboxOf('looker').oldestAt()) ?? 0)).toBeLessThan(60_000);
      events.refuse.clear();
      await eventually(async () => expect(await size()).toBe(0));
      expect(new Set(events.seen)).toEqual(new Set(['a@1', 'b@1', 'c@1']));
    });

    it('sets aside what can never go, which holds back the later changes of its contact alone', async () => {
      await write(['a', 'b'], 3);
      const events = createRecorder();
      events.tooLarge.add('a@2');
      start('one', events);
      await eventually(async () => expect(await size()).toBe(0));
      await write(['c'], 1);
      await eventually(() => expect(events.seen).toContain('c@1'));
      expect(versionsOf(events.seen, 'a')).toEqual([1]);
      expect(versionsOf(events.seen, 'b')).toEqual([1, 2, 3]);
      expect([refusals, failures]).toEqual([['OUTBOX_REFUSED a@2'], []]);
      await expect(assertNothingRefused(outboxOf('looker'))).rejects.toThrow(
        /OUTBOX_REFUSED.*\ba at version 2/,
      );
    });

    it('sends what was set aside, in order, once Kafka takes it, and holds its contact no longer', async () => {
      await write(['a'], 3);
      const events = createRecorder();
      events.tooLarge.add('a@2');
      start('one', events, { retryHeldMs: 50 });
      await eventually(async () => expect([await size(), refusals.length]).toEqual([0, 1]));
      events.tooLarge.clear();
      await eventually(() => expect(versionsOf(events.seen, 'a')).toEqual([1, 2, 3]));
      await eventually(() => assertNothingRefused(outboxOf('looker')));
      await write(['a'], 4);
      await eventually(() => expect(versionsOf(events.seen, 'a').at(-1)).toBeGreaterThan(3));
    });

    it('erases what was set aside together with its contact, which is held no longer', async () => {
      await write(['a'], 3);
      const events = createRecorder();
      events.tooLarge.add('a@2');
      start('one', events);
      await eventually(async () => expect([await size(), refusals.length]).toEqual([0, 1]));
      await eraseContact({ store, now: () => new Date().toISOString() }, { id: 'a', by: 'user:admin' });
      await eventually(() => expect(versionsOf(events.seen, 'a')).toEqual([1, 4]));
      await assertNothingRefused(outboxOf('looker'));
      expect(await redis.use((client) => client.exists(`${prefix}integration:{0}:outbox-held:a`))).toBe(0);
    });

    it('never has two versions of one contact in flight together', async () => {
      await write(['a'], 4);
      const events = createRecorder();
      events.refuse.add('a@2');
      const outbox = await connected(outboxOf('one'));
      const token = await outbox.lease();
      if (token === null) throw new Error('nobody else asks for the lease');
      expect(await relayRound({ outbox, events }, token)).toEqual({ relayed: 1, hasMore: true });
      await expect(relayRound({ outbox, events }, token)).rejects.toThrow('refused');
      expect(events.seen).toEqual(['a@1']);
    });

    it('relays from one copy at a time', async () => {
      const [one, two] = [createRecorder(), createRecorder()];
      start('one', one);
      await write(['a'], 1);
      await eventually(() => expect(one.seen).toHaveLength(1));
      start('two', two);
      await write(['b', 'c'], 10);
      await eventually(async () => expect(await size()).toBe(0));
      expect(two.seen).toEqual([]);
    });

    it('is taken over from a frozen copy, which then removes nothing of what it sent', async () => {
      await write(['a'], 1);
      const frozen = createRecorder();
      let thaw: () => void = () => undefined;
      frozen.hold = new Promise<void>((resolve) => {
        thaw = resolve;
      });
      const outbox = await connected(outboxOf('frozen'));
      const token = await outbox.lease();
      if (token === null) throw new Error('nobody else asks for the lease');
      const round = relayRound({ outbox, events: frozen }, token);

      const events = createRecorder();
      start('two', events);
      await eventually(() => expect(events.seen).toEqual(['a@1']));
      await relays[0]?.stop();
      await write(['a', 'b'], 1);
      thaw();
      expect(await round).toMatchObject({ relayed: 0 });
      expect(await outboxOf('looker').read(10)).toMatchObject([
        { contact: { id: 'a', version: 2 } },
        { contact: { id: 'b', version: 1 } },
      ]);
    });

    it('sends again what was on the broker but still in the outbox when the relay was killed', async () => {
      await write(['a', 'b'], 1);
      const killed = await connected(outboxOf('killed'));
      const events = createRecorder();
      const token = await killed.lease();
      if (token === null) throw new Error('nobody else asks for the lease');
      const cut: Outbox = { ...killed, trim: () => Promise.reject(new Error('killed')) };
      await expect(relayRound({ outbox: cut, events }, token)).rejects.toThrow('killed');
      start('two', events);
      await eventually(async () => expect(await size()).toBe(0));
      expect(events.seen).toEqual(['a@1', 'b@1', 'a@1', 'b@1']);
    });

    it('gives the lease up when it stops, so that another copy goes on at once', async () => {
      start('one', createRecorder());
      await eventually(async () => expect(await outboxOf('two').lease()).toBeNull());
      await relays[0]?.stop();
      expect(await outboxOf('two').lease()).toBeGreaterThan(1);
    });

    it('asks Redis for its lease again once a fifth of it has passed, and not before', async () => {
      const clock = { ms: 0 };
      const now = () => clock.ms;
      const outbox = createRedisOutbox({ redis, owner: 'one', leaseMs: 60_000, prefix, now });
      const token = await outbox.lease();
      const key = `${prefix}integration:{0}:outbox-lease`;
      await redis.use((client) => client.pexpire(key, 30_000));
      const left = () => redis.use((client) => client.pttl(key));
      clock.ms = 11_999;
      expect(await outbox.lease()).toBe(token);
      expect(await left()).toBeLessThanOrEqual(30_000);
      clock.ms = 12_000;
      expect(await outbox.lease()).toBe(token);
      expect(await left()).toBeGreaterThan(30_000);
    });

    it('believes in its lease no longer once it was refused a removal', async () => {
      await write(['a'], 1);
      const overtaken = await connected(createRedisOutbox({ redis, owner: 'one', leaseMs: 60_000, prefix }));
      const token = await overtaken.lease();
      if (token === null) throw new Error('nobody else asks for the lease');
      await redis.use((client) => client.del(`${prefix}integration:{0}:outbox-lease`));
      await outboxOf('two').lease();
      expect(await overtaken.lease()).toBe(token);
      expect(await relayRound({ outbox: overtaken, events: createRecorder() }, token)).toMatchObject({
        relayed: 0,
      });
      expect(await overtaken.lease()).toBeNull();
      expect(await size()).toBe(1);
    });

    it('sends a change at once and gathers the next ones, and lingers neither over a backlog nor at its end', async () => {
      await write(['a'], 3);
      const events = createRecorder();
      start('one', events, { lingerMs: 600_000 });
      await eventually(async () => expect(await size()).toBe(0));
      expect(versionsOf(events.seen, 'a')).toEqual([1, 2, 3]);
      await write(['b'], 1);
      await relays[0]?.stop();
      expect([await size(), versionsOf(events.seen, 'b')]).toEqual([1, []]);
    });

    it('tells how many wait while nothing can be sent, too', async () => {
      await write(['a'], 1);
      const events = createRecorder();
      events.refuse.add('a@1');
      start('one', events);
      await eventually(() => expect(looks).toContain(1));
      await write(['b'], 1);
      await eventually(() => expect(looks).toContain(2));
    });
  });
};
