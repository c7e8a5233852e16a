import { AppError } from '@contact-sync/domain';
import type { Type } from 'avsc';
import type { TopicContract, TopicReader } from '../contracts/topic-contract.ts';
import type { Registry } from '../registry/registry.ts';
import { avroType } from './avro-type.ts';
import { createSlab } from './slab.ts';
import { frameBytes, schemaIdOf, undecodable } from './wire-format.ts';
import { createWriterSchemas, type Resolver } from './writer-schemas.ts';

export type CodecOptions = {
  readonly registry: Registry;
  /** How long an id that the registry does not know is taken as unknown without asking again; 10,000 by default. */
  readonly unknownIdMs?: number;
};

/** Between values and framed Avro bytes. One codec serves a whole process. */
export type Codec = {
  /**
   * Looks up the schema ids of the contracts; each is looked up once. Until this has resolved a service is not ready.
   * Throws AppError DEPENDENCY_UNAVAILABLE (retryable).
   */
  prepare(contracts: readonly TopicReader<unknown>[]): Promise<void>;
  /** Whether {@link prepare} has found the contract's schema id. */
  isPrepared(contract: TopicReader<unknown>): boolean;
  /**
   * The bytes of a value. Throws AppError INVALID_EVENT with pointers when the value does not fit the schema, and
   * DEPENDENCY_UNAVAILABLE when the contract is not prepared.
   */
  encode<Value>(contract: TopicContract<Value>, value: NoInfer<Value>): Buffer;
  /**
   * The value of the bytes, whichever released schema they were written with. Rejects with AppError UNDECODABLE for
   * bytes that will never decode (no frame, unknown schema id, truncated, bad UTF-8), and with DEPENDENCY_UNAVAILABLE
   * (retryable) while the registry does not answer for an id not seen before.
   */
  decode<Value>(reader: TopicReader<Value>, bytes: Buffer | null): Promise<Value>;
};

const misfit = (topic: string, type: Type, record: unknown): AppError => {
  const pointers = new Set<string>();
  // avsc's own message quotes the value, so it goes nowhere (design rule 10).
  type.isValid(record, { errorHook: (path) => pointers.add(`/${path.join('/')}`) });
  return new AppError('INVALID_EVENT', {
    message: 'The value does not fit the schema of its topic',
    internal: topic,
    errors: [...pointers].map((pointer) => ({ pointer, detail: 'does not fit the schema' })),
  });
};

const read = (type: Type, payload: Buffer, resolver: Resolver | undefined): unknown => {
  try {
    return type.fromBuffer(payload, resolver);
  } catch (error) {
    throw undecodable(error instanceof Error ? error.message : 'unreadable');
  }
};

export const createCodec = ({ registry, unknownIdMs = 10_000 }: CodecOptions): Codec => {
  const types = new Map<string, Type>();
  const ids = new Map<string, number>();
  const slab = createSlab();
  const writers = createWriterSchemas(registry, unknownIdMs);

  const typeOf = (contract: TopicReader<unknown>): Type => {
    const type = types.get(contract.topic) ?? avroType(contract.schema);
    types.set(contract.topic, type);
    return type;
  };

  return {
    async prepare(contracts) {
      const missing = contracts.filter((contract) => !ids.has(contract.topic));
      await Promise.all(
        missing.map(async (contract) => {
          ids.set(contract.topic, await registry.idOf(contract.subject, contract.schema));
        }),
      );
    },

    isPrepared: (contract) => ids.has(contract.topic),

    encode(contract, value) {
      const id = ids.get(contract.topic);
      if (id === undefined) {
        throw new AppError('DEPENDENCY_UNAVAILABLE', {
          message: 'The schema of the topic is not known yet',
          internal: contract.topic,
          retryable: true,
        });
      }
      const type = typeOf(contract);
      const record = contract.toRecord(value);
      try {
        return slab.encode(type, id, record);
      } catch {
        throw misfit(contract.topic, type, record);
      }
    },

    async decode(reader, bytes) {
      const id = schemaIdOf(bytes);
      const payload = (bytes as Buffer).subarray(frameBytes);
      const type = typeOf(reader);
      const resolver =
        ids.get(reader.topic) === id ? undefined : await writers.resolver(reader.topic, type, id);
      return reader.fromRecord(read(type, payload, resolver));
    },
  };
};
