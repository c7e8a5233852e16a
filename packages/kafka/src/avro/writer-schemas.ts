import type { Type } from 'avsc';
import type { Registry } from '../registry/registry.ts';
import { avroType } from './avro-type.ts';
import { undecodable } from './wire-format.ts';

/** avsc's way from one writer's schema to a reader's. */
export type Resolver = ReturnType<Type['createResolver']>;

const maxUnknownIds = 1_000;

/**
 * The ways from writers' schemas to ours, each worked out once: a resolver made anew for each message costs two
 * hundred times the decoding. Look-ups of one id at the same time are one request.
 */
export const createWriterSchemas = (registry: Registry, unknownIdMs: number) => {
  const resolvers = new Map<string, Resolver>();
  const lookUps = new Map<number, Promise<Type>>();
  const unknownUntil = new Map<number, number>();

  const lookUp = async (id: number): Promise<Type> => {
    const schema = await registry.schemaOf(id);
    if (schema === undefined) {
      if (unknownUntil.size >= maxUnknownIds) unknownUntil.clear();
      unknownUntil.set(id, Date.now() + unknownIdMs);
      throw undecodable(`the registry knows no schema ${id}`);
    }
    try {
      return avroType(schema);
    } catch (error) {
      throw undecodable(`schema ${id} is no Avro schema`, error);
    }
  };

  const writerType = (id: number): Promise<Type> => {
    // A flood of records with one wrong id must not become a flood of requests.
    if ((unknownUntil.get(id) ?? 0) > Date.now()) throw undecodable(`the registry knows no schema ${id}`);
    const pending = lookUps.get(id) ?? lookUp(id).finally(() => lookUps.delete(id));
    lookUps.set(id, pending);
    return pending;
  };

  return {
    /** Rejects with UNDECODABLE when the id is unknown or its schema was never one of this topic. */
    async resolver(topic: string, reader: Type, id: number): Promise<Resolver> {
      const key = `${topic} ${id}`;
      const known = resolvers.get(key);
      if (known !== undefined) return known;
      const writer = await writerType(id);
      try {
        const resolver = reader.createResolver(writer);
        resolvers.set(key, resolver);
        return resolver;
      } catch (error) {
        throw undecodable(`schema ${id} is none of ${topic}`, error);
      }
    },
  };
};
