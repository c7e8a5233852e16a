import { randomUUID } from 'node:crypto';
import type { CompiledMapping } from '@contact-sync/field-mapper';
import { openRedis } from '@contact-sync/redis';
import { type Static, Type } from 'typebox';
import { assertKeepsContacts } from '../adapters/assert-keeps-contacts.ts';
import { createRedisContactStore } from '../adapters/redis-contact-store/redis-contact-store.ts';
import { createRedisMappings } from '../adapters/redis-mappings.ts';
import { createRedisOutbox } from '../adapters/redis-outbox/redis-outbox.ts';
import { createRedisMirrorWalk } from '../adapters/redis-remap/redis-mirror-walk.ts';
import { createRedisRemapJournal } from '../adapters/redis-remap/redis-remap-journal.ts';
import { Config } from '../config.ts';
import type { MappingArchive } from '../ports.ts';
import type { RemapPorts } from '../use-cases/remap-contacts.ts';

const { REDIS_URL, MAPPING_FILE, DEFAULT_COUNTRY, HISTORY_LIMIT } = Config.properties;

/** The settings of the service that a remap needs. */
export const RemapConfig = Type.Object({ REDIS_URL, MAPPING_FILE, DEFAULT_COUNTRY, HISTORY_LIMIT });
export type RemapConfig = Static<typeof RemapConfig>;

/** @throws {Error} where Redis is away, or may lose what it is given. */
export const connect = async (
  config: RemapConfig,
  mapping: CompiledMapping,
  warn: (text: string) => void,
): Promise<{
  readonly ports: RemapPorts;
  readonly mappings: MappingArchive;
  readonly close: () => Promise<void>;
}> => {
  const logger = {
    info: () => undefined,
    warn: ({ reason }: { readonly reason?: unknown }, text: string) =>
      warn(reason === undefined ? text : `${text}: ${String(reason)}`),
  };
  const redis = await openRedis(config.REDIS_URL, {
    clientName: 'contact-service-remap',
    logger,
    patienceMs: 10_000,
  });
  try {
    await assertKeepsContacts(redis);
  } catch (error) {
    await redis.close();
    throw error;
  }
  return {
    ports: {
      store: createRedisContactStore({ redis, historyLimit: config.HISTORY_LIMIT }),
      mapping,
      now: () => new Date().toISOString(),
      walk: createRedisMirrorWalk({ redis }),
      journal: createRedisRemapJournal({ redis }),
      outbox: createRedisOutbox({ redis, owner: randomUUID(), leaseMs: 1_000 }),
    },
    mappings: createRedisMappings({ redis }),
    close: () => redis.close(),
  };
};
