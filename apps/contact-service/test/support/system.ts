import { createTestIssuer, startTestAuth, type TestIssuer } from '@contact-sync/access/testing';
import { openRedis, type RedisConnection } from '@contact-sync/redis';
import {
  createTcpProxy,
  type RedisServer,
  type RedisServerOptions,
  startRedisServer,
  type TcpProxy,
} from '@contact-sync/testing';
import { createRedisContactStore } from '../../src/adapters/redis-contact-store/redis-contact-store.ts';
import type { ContactStore } from '../../src/ports.ts';
import { launchService, type Service, type ServiceOptions } from './service.ts';

/** A Redis to hurt, a network in front of it that can be made bad, and the service as processes behind that network. */
export type System = {
  readonly server: RedisServer;
  readonly proxy: TcpProxy;
  /** Straight to the server, past the proxy, as is what follows. */
  readonly redis: RedisConnection;
  readonly store: ContactStore;
  /** How many changes wait in the outbox for Kafka. */
  outboxSize(): Promise<number>;
  /** Starts a copy of the service; resolves at once, before it listens. */
  launch(options?: ServiceOptions): Promise<Service>;
  /** {@link launch}, and waits until it is ready. */
  start(options?: ServiceOptions): Promise<Service>;
  [Symbol.asyncDispose](): Promise<void>;
};

/**
 * A system whose Kafka is away unless settings name one: changes wait in the outbox, where a test can count them. Redis
 * flushes every second unless told otherwise, so that a busy disk is no fault of its own.
 */
export const startSystem = async ({ settings }: RedisServerOptions = {}): Promise<System> => {
  await using started = new AsyncDisposableStack();
  const server = await startRedisServer({ settings: { appendfsync: 'everysec', ...settings } });
  started.defer(() => server.stop());
  const proxy = await createTcpProxy({ target: { host: '127.0.0.1', port: server.port } });
  started.defer(() => proxy.close());
  const redis = await openRedis(server.url);
  started.defer(() => redis.close());
  const issuer: TestIssuer = createTestIssuer();
  const { authUrl, close } = await startTestAuth(issuer);
  started.defer(close);
  const owned = started.move();
  // The services end before what they stand on.
  const services = new AsyncDisposableStack();
  const launch = async (changes: ServiceOptions = {}): Promise<Service> => {
    const settings = { REDIS_URL: proxy.url('redis'), AUTH_URL: authUrl, ...changes.settings };
    const service = await launchService(issuer, { ...changes, settings });
    services.defer(service.stop);
    return service;
  };
  return {
    server,
    proxy,
    redis,
    store: createRedisContactStore({ redis, historyLimit: 100 }),
    outboxSize: () => redis.use((client) => client.xlen('integration:{0}:outbox')),
    launch,
    start: async (changes) => {
      const service = await launch(changes);
      await service.ready();
      return service;
    },
    [Symbol.asyncDispose]: async () => {
      await services.disposeAsync();
      await owned.disposeAsync();
    },
  };
};
