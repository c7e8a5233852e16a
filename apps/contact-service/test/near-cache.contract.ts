import { contactIdOfAcme } from '@contact-sync/domain';
import { builtInMapping, compileMapping } from '@contact-sync/field-mapper';
import { openRedis } from '@contact-sync/redis';
import { createTcpProxy, eventually, type TcpProxy, uniquePrefix } from '@contact-sync/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCachedContactReader } from '../src/adapters/near-cache/cached-contact-reader.ts';
import { createContactKeys } from '../src/adapters/redis-contact-store/contact-keys.ts';
import { createRedisContactStore } from '../src/adapters/redis-contact-store/redis-contact-store.ts';
import { applyEvents } from '../src/use-cases/apply-events.ts';
import { updated } from './event-builder.ts';

const mapping = compileMapping(builtInMapping);
const id = contactIdOfAcme('7');

/** The near cache of copies that stand on the Redis at an address. */
export const nearCacheContract = (name: string, address: () => string): void => {
  describe(`the near cache over copies on ${name}`, () => {
    let prefix: string;
    let proxy: TcpProxy;
    let cleanUps: (() => unknown)[];

    beforeEach(async () => {
      prefix = uniquePrefix();
      const server = new URL(address());
      proxy = await createTcpProxy({ target: { host: server.hostname, port: Number(server.port) } });
      cleanUps = [() => proxy.close()];
    });
    afterEach(async () => {
      for (const cleanUp of cleanUps.reverse()) await cleanUp();
    });

    const connect = async (url: string) => {
      const redis = await openRedis(url);
      cleanUps.push(() => redis.close());
      return redis;
    };

    /** A copy of the service whose tracking goes through the proxy, and its reads and writes past it. */
    const startCopy = async () => {
      const direct = await connect(address());
      const counts = { hit: 0, miss: 0, bypass: 0 };
      const count = (event: keyof typeof counts) => () => {
        counts[event] += 1;
      };
      const cached = createCachedContactReader({
        redis: await connect(proxy.url('redis')),
        store: createRedisContactStore({ redis: direct, historyLimit: 10, prefix }),
        keyPrefix: createContactKeys(prefix).contact(''),
        events: { hit: count('hit'), miss: count('miss'), bypass: count('bypass') },
        maxBytes: 1_000_000,
      });
      cleanUps.push(cached.close);
      const titleOf = async () =>
        (JSON.parse((await cached.reader.read(id))?.json ?? '{}') as { title?: string }).title;
      const write = (version: number) =>
        applyEvents({ store: cached.store, mapping, now: () => new Date().toISOString() }, [
          updated({ id: '7', acme_version: version, acme_title: `T${version}` }),
        ]);
      /** Reads until an answer comes from memory. */
      const warm = () =>
        eventually(async () => {
          const before = counts.hit;
          await titleOf();
          expect(counts.hit).toBeGreaterThan(before);
        });
      return { counts, titleOf, write, warm };
    };

    it('serves what this copy wrote at once, and what another copy wrote soon after', async () => {
      const [one, two] = [await startCopy(), await startCopy()];
      await one.write(1);
      await one.warm();
      await two.warm();
      await one.write(2);
      expect(await one.titleOf()).toBe('T2');
      await eventually(async () => expect(await two.titleOf()).toBe('T2'));
      await two.warm();
    });

    it.each([
      ['frozen', () => proxy.setBehaviour({ kind: 'black-hole' })],
      [
        'refused and dropped',
        () => {
          proxy.setBehaviour({ kind: 'refuse' });
          proxy.cutAll();
        },
      ],
    ])('is passed by while tracking is %s, and comes back by itself', async (_, breakIt) => {
      const one = await startCopy();
      await one.write(1);
      await one.warm();
      const other = createRedisContactStore({
        redis: await connect(address()),
        historyLimit: 10,
        prefix,
      });
      breakIt();
      await applyEvents({ store: other, mapping, now: () => new Date().toISOString() }, [
        updated({ id: '7', acme_version: 2, acme_title: 'T2' }),
      ]);
      await eventually(async () => expect(await one.titleOf()).toBe('T2'), { timeoutMs: 4_000 });
      await eventually(async () => {
        await one.titleOf();
        expect(one.counts.bypass).toBeGreaterThan(0);
      });
      proxy.setBehaviour({ kind: 'pass' });
      await one.warm();
      expect(await one.titleOf()).toBe('T2');
    });
  });
};
