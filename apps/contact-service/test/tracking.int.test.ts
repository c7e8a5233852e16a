import { createRedis, type RedisConnection } from '@contact-sync/redis';
import {
  createTcpProxy,
  eventually,
  type TcpProxy,
  testEnvironment,
  uniquePrefix,
} from '@contact-sync/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTracking, type Tracking } from '../src/adapters/near-cache/tracking.ts';

const silent = { info: () => undefined, warn: () => undefined };
const ways = ['reader', 'listener', 'switch'] as const;
type Way = (typeof ways)[number];

/** What a change that is not heard may be served for (design section 5). */
const boundMs = 1_000;

let cleanUps: (() => unknown)[];
let proxies: Record<Way, TcpProxy>;
let connections: Map<Way, RedisConnection>;
let direct: RedisConnection;
let tracking: Tracking;
let heard: Set<string>;
let doubts: number;
let prefix: string;

const connect = (url: string, changes: object = {}): RedisConnection => {
  const redis = createRedis({ url, clientName: 'test', logger: silent, ...changes });
  cleanUps.push(() => redis.close());
  return redis;
};

beforeEach(async () => {
  cleanUps = [];
  const server = new URL(testEnvironment().REDIS_URL);
  const target = { host: server.hostname, port: Number(server.port) };
  const made = await Promise.all(ways.map(async (way) => [way, await createTcpProxy({ target })] as const));
  proxies = Object.fromEntries(made) as Record<Way, TcpProxy>;
  cleanUps.push(
    ...made.map(
      ([, proxy]) =>
        () =>
          proxy.close(),
    ),
  );
  direct = connect(testEnvironment().REDIS_URL);
  direct.connect();
  connections = new Map([['reader', connect(proxies.reader.url('redis'))]]);
  connections.get('reader')?.connect();
  heard = new Set();
  doubts = 0;
  prefix = uniquePrefix();
});
afterEach(async () => {
  for (const cleanUp of cleanUps.reverse()) await cleanUp();
});

const at = (way: Way): RedisConnection => {
  const connection = connections.get(way);
  if (!connection) throw new Error(`there is no ${way} yet`);
  return connection;
};

/** Tracks over connections that each go through a proxy of their own. */
const startTracking = (): void => {
  tracking = createTracking({
    redis: {
      ...at('reader'),
      duplicate: (changes = {}) => {
        const way = changes.clientName?.endsWith('listener') ? 'listener' : 'switch';
        const made = connect(proxies[way].url('redis'), changes);
        connections.set(way, made);
        return made;
      },
    },
    keyPrefix: prefix,
    onChanged: (keys) => {
      for (const key of keys) heard.add(key);
    },
    onDoubt: () => {
      doubts += 1;
    },
  });
  cleanUps.push(tracking.close);
};

const isArmed = () => eventually(() => expect(tracking.isArmed()).toBe(true));
const isDisarmed = (timeoutMs = boundMs) =>
  eventually(() => expect(tracking.isArmed()).toBe(false), { timeoutMs, intervalMs: 5 });

let changes = 0;
const change = async (): Promise<string> => {
  changes += 1;
  const key = `${prefix}${changes}`;
  await direct.use((client) => client.set(key, '1', 'PX', 60_000));
  return key;
};

/** Once it is armed, whatever changes is heard. */
const hearsAgain = async (): Promise<void> => {
  await isArmed();
  const key = await change();
  await eventually(() => expect([...heard]).toContain(key), { timeoutMs: boundMs });
};

/** What is not heard within the bound is not served either: nothing is trusted then, or nothing that was read before. */
const isNeverDeaf = async (): Promise<void> => {
  const doubtsBefore = doubts;
  const key = await change();
  const isServed = () => tracking.isArmed() && !heard.has(key) && doubts === doubtsBefore;
  await eventually(() => expect(isServed()).toBe(false), { timeoutMs: boundMs });
};

const cut = async (way: Way): Promise<void> => {
  const { client } = at(way);
  const closed = new Promise((resolve) => client.once('close', resolve));
  proxies[way].cutAll();
  await closed;
};
const freeze = async (way: Way): Promise<void> => proxies[way].setBehaviour({ kind: 'black-hole' });

const harms = { cut, frozen: freeze };
type Harm = keyof typeof harms;
const everyHarm = ways.flatMap((way) => (['cut', 'frozen'] as const).map((harm): [Way, Harm] => [way, harm]));

/** The commands that arm the tracking, in their order. */
const steps: readonly [way: Way, words: readonly string[]][] = [
  ['listener', ['unsubscribe']],
  ['listener', ['client', 'ID']],
  ['listener', ['subscribe']],
  ['switch', ['client', 'TRACKING', 'OFF']],
  ['switch', ['client', 'TRACKING', 'ON']],
];

/** Does something once, as soon as the server has answered this command. */
const onceAnswered = (way: Way, [method, ...words]: readonly string[], act: () => Promise<void>) => {
  const { client } = at(way);
  const name = method as 'client';
  const real = client[name].bind(client) as (...args: unknown[]) => Promise<unknown>;
  const acted = new Promise<void>((resolve) => {
    const hooked = async (...args: unknown[]): Promise<unknown> => {
      const reply = await real(...args);
      if (words.every((word) => args.includes(word))) {
        Object.assign(client, { [name]: real });
        await act();
        resolve();
      }
      return reply;
    };
    Object.assign(client, { [name]: hooked });
  });
  return acted;
};

describe('tracking', () => {
  it('is armed by itself and hears of every change', async () => {
    startTracking();
    await hearsAgain();
    await hearsAgain();
  });

  it.each(everyHarm.filter(([way, harm]) => way !== 'reader' || harm === 'cut'))(
    'whose %s is %s is no longer trusted within the bound, and hears again afterwards',
    async (way, harm) => {
      startTracking();
      await hearsAgain();
      await Promise.all([isDisarmed(), harms[harm](way)]);
      proxies[way].setBehaviour({ kind: 'pass' });
      await hearsAgain();
    },
  );

  for (const [answering, words] of steps) {
    it.each(everyHarm)(
      `is never armed deaf where, while it arms (${words.join(' ')}), the %s is %s`,
      async (way, harm) => {
        startTracking();
        await onceAnswered(answering, words, () => harms[harm](way));
        for (let times = 0; times < 3; times += 1) await isNeverDeaf();
        proxies[way].setBehaviour({ kind: 'pass' });
        await hearsAgain();
      },
    );
  }

  it.each(['listener', 'switch'] as const)(
    'is not trusted while answers of the %s come later than changes may be served',
    async (way) => {
      startTracking();
      await isArmed();
      proxies[way].setBehaviour({ kind: 'delay', replyMs: 1_200 });
      await isDisarmed();
      proxies[way].setBehaviour({ kind: 'pass' });
      await hearsAgain();
    },
  );

  it('is not trusted once the server has forgotten it, though every connection answers', async () => {
    startTracking();
    await isArmed();
    await at('switch').use((client) => client.client('TRACKING', 'OFF'));
    await isDisarmed();
    await hearsAgain();
  });
});
