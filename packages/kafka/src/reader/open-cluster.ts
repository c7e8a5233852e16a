import { createRequire } from 'node:module';
import type { Kafka } from 'kafkajs';
import type { ReadMessage } from '../client/unreadable-batch.ts';

type Partition = { readonly partition: number };

export type PartitionOffset = Partition & { readonly offset: string };

type TopicOffsetQuery = {
  readonly topic: string;
  readonly partitions: readonly Partition[];
  readonly fromBeginning?: boolean;
  /** Milliseconds since the epoch. */
  readonly fromTimestamp?: number;
};

/** A partition's part of an answer to a fetch. */
export type FetchedPartition = Partition & { readonly messages: readonly ReadMessage[] };

type FetchRequest = {
  readonly isolationLevel: number;
  readonly maxWaitTime: number;
  readonly minBytes: number;
  readonly maxBytes: number;
  readonly topics: readonly {
    readonly topic: string;
    readonly partitions: readonly {
      readonly partition: number;
      readonly fetchOffset: string;
      readonly maxBytes: number;
    }[];
  }[];
};

type CommitRequest = {
  readonly groupId: string;
  readonly groupGenerationId: number;
  readonly memberId: string;
  readonly topics: readonly { readonly topic: string; readonly partitions: readonly PartitionOffset[] }[];
};

type OffsetFetchRequest = {
  readonly groupId: string;
  readonly topics: readonly { readonly topic: string; readonly partitions: readonly Partition[] }[];
};

type Broker = {
  offsetFetch(request: OffsetFetchRequest): Promise<{
    readonly responses: readonly {
      readonly topic: string;
      readonly partitions: readonly PartitionOffset[];
    }[];
  }>;
  offsetCommit(request: CommitRequest): Promise<unknown>;
  fetch(request: FetchRequest): Promise<{
    readonly responses: readonly {
      readonly topicName: string;
      readonly partitions: readonly FetchedPartition[];
    }[];
  }>;
};

/** What kafkajs's consumers and admin clients are built on. */
export type Cluster = {
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  addMultipleTargetTopics(topics: readonly string[]): Promise<void>;
  refreshMetadataIfNecessary(): Promise<void>;
  findTopicPartitionMetadata(
    topic: string,
  ): readonly { readonly partitionId: number; readonly leader: number }[];
  findBroker(node: { readonly nodeId: number }): Promise<Broker>;
  findGroupCoordinator(group: { readonly groupId: string }): Promise<Broker>;
  fetchTopicsOffset(
    topics: readonly TopicOffsetQuery[],
  ): Promise<readonly { readonly topic: string; readonly partitions: readonly PartitionOffset[] }[]>;
};

type CreateCluster = (options: {
  readonly metadataMaxAge: number;
  readonly allowAutoTopicCreation: boolean;
  readonly isolationLevel: number;
}) => Cluster;

const createCluster = 'private:Kafka:createCluster';

/** Of transactions only what was committed. */
export const readCommitted = 1;

/**
 * kafkajs 2.2.4 offers reads to members of a group alone; what its consumers read through is made by this function of its
 * client (docs/adr/0040). Opens no connection.
 *
 * @throws {Error} where kafkajs has it no more.
 */
export const openCluster = (kafka: Omit<Kafka, 'consumer'>): Cluster => {
  const symbol = Object.getOwnPropertySymbols(kafka).find(({ description }) => description === createCluster);
  const create: CreateCluster | undefined = symbol && Reflect.get(kafka, symbol);
  if (create === undefined) throw new Error('this kafkajs has no way to read without a group');
  return create({
    metadataMaxAge: 60_000,
    allowAutoTopicCreation: false,
    isolationLevel: readCommitted,
  });
};

type Batch = { readonly messages: readonly (ReadMessage & { readonly isControlRecord?: boolean })[] };

const require = createRequire(import.meta.url);
const FetchedBatch = require('kafkajs/src/consumer/batch') as new (
  topic: string,
  fetchedOffset: string,
  fetched: FetchedPartition,
) => Batch;

/** Of what was fetched the records from the offset on, without those of broken transactions and the broker's own. */
export const recordsFrom = (topic: string, offset: string, fetched: FetchedPartition) =>
  new FetchedBatch(topic, offset, fetched).messages;
