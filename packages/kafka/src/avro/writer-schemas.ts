import type { AppError } from '@contact-sync/domain';
import type { Type } from 'avsc';
import type { Registry } from '../registry/registry.ts';
import { avroType } from './avro-type.ts';
import { undecodable } from './wire-format.ts';

/** avsc's way from one writer's schema to a reader's. */
export type Resolver = ReturnType<Type['createResolver']>;

const maxUnreadable = 1_000;

/** Confluent's ids are positive numbers of 32 bits with a sign; the four bytes of a frame hold others. */
const maxId = 2 ** 31 - 1;

/**
 * The ways from writers' schemas to ours, each worked out once: a resolver made anew for each message costs two
 * hundred times the decoding. Look-ups of one id at the same time are one request, and an id that leads nowhere is not
 * asked for again for a while: a flood of records with it must not become a flood of requests.
 */
export const createWriterSchemas = (registry: Registry, unknownIdMs: number) => {
  const resolvers = new Map<string, Resolver>();
  const lookUps = new Map<string, Promise<Resolver>>();
  const unreadable = new Map<string, { readonly error: AppError; readonly until: number }>();

  const remember = (key: string, error: AppError): AppError => {
    if (unreadable.size >= maxUnreadable) unreadable.clear();
    unreadable.set(key, { error, until: Date.now() + unknownIdMs });
    return error;
  };

  const lookUp = async (key: string, reader: Type, id: number): Promise<Resolver> => {
    const schema = id > maxId ? undefined : await registry.schemaOf(id);
    if (schema === undefined) throw remember(key, undecodable(`the registry knows no schema ${id}`));
    try {
      const resolver = reader.createResolver(avroType(JSON.parse(schema) as object));
      resolvers.set(key, resolver);
      return resolver;
    } catch (error) {
      throw remember(key, undecodable(`schema ${id} cannot be read, or not as this topic's`, error));
    }
  };

  return {
    /** Rejects with UNDECODABLE when the id is unknown, its schema is none, or was never one of this topic. */
    async resolver(topic: string, reader: Type, id: number): Promise<Resolver> {
      const key = `${topic} ${id}`;
      const known = resolvers.get(key);
      if (known !== undefined) return known;
      const failed = unreadable.get(key);
      if (failed !== undefined && failed.until > Date.now()) throw failed.error;
      const pending = lookUps.get(key) ?? lookUp(key, reader, id).finally(() => lookUps.delete(key));
      lookUps.set(key, pending);
      return pending;
    },
  };
};
