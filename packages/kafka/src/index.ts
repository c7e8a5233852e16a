export { type Codec, type CodecOptions, createCodec } from './avro/codec.ts';
export type { Compression } from './client/compression.ts';
export {
  createKafkaClient,
  type KafkaClient,
  type KafkaClientOptions,
  type SaslOptions,
} from './client/create-kafka-client.ts';
export { fixRequestQueue } from './client/request-queue-fix.ts';
export {
  type BatchConsumer,
  type BatchConsumerOptions,
  createBatchConsumer,
} from './consumer/batch-consumer.ts';
export type { Braked, BrakeStore, BrakeView } from './consumer/brake-store.ts';
export type { ConsumedRecord, Origin } from './consumer/consumed-record.ts';
export { fingerprintOf } from './consumer/fingerprint.ts';
export {
  type BatchHandler,
  defineHandler,
  type Handler,
  type HandlerContext,
} from './consumer/handler.ts';
export type { ConsumerHooks, PartitionLag } from './consumer/hooks.ts';
export {
  type BatchRefusal,
  deadLetter,
  done,
  type FailureStage,
  failureStages,
  type Outcome,
  type RecordFault,
  refuseBatch,
  retryLater,
} from './consumer/outcome.ts';
export type {
  OutcomeRecorder,
  RecordFailure,
  RecordOutcome,
  RecordRoute,
  ReplayMark,
} from './consumer/outcome-recorder.ts';
export { type LetterRecord, replayOf } from './consumer/replay-of.ts';
export {
  type AcmeContactCreated,
  type AcmeContactDeleted,
  type AcmeContactUpdated,
  acmeContactCreated,
  acmeContactDeleted,
  acmeContactUpdated,
} from './contracts/acme-contact.ts';
export { allContracts, integrationEventContracts, sourceEventContracts } from './contracts/all-contracts.ts';
export {
  type IntegrationContactCreated,
  type IntegrationContactDeleted,
  type IntegrationContactUpdated,
  type IntegrationEvent,
  integrationContactCreated,
  integrationContactDeleted,
  integrationContactUpdated,
} from './contracts/integration-contact.ts';
export { failureHeaders, originHeaders, replayHeaders, retryHeaders } from './contracts/record-headers.ts';
export type { RecordHeaders, TopicContract, TopicReader, ValueOf } from './contracts/topic-contract.ts';
export {
  consumerGroup,
  contactSyncLadder,
  deadLetterTopic,
  letterDecisionsTopic,
  type RetryLadder,
  type RetryTier,
  retryLadder,
  writeBackGroup,
  writeBackLadder,
} from './contracts/topic-names.ts';
export { type QuarantinedDelivery, webhookQuarantine } from './contracts/webhook-quarantine.ts';
export { deployAcls, type Grant, type GrantReport } from './deploy/deploy-acls.ts';
export { deploySchemas, type SchemaReport } from './deploy/deploy-schemas.ts';
export { deployTopics, type TopicReport, type TopicSpec } from './deploy/deploy-topics.ts';
export type { Logger } from './logger.ts';
export type { RawHeaders, RawRecord, Receipt } from './producer/outgoing.ts';
export { createProducer, type Producer, type ProducerOptions } from './producer/producer.ts';
export { sendSourceEvent } from './producer/send-source-event.ts';
export type { Backlog } from './reader/backlog.ts';
export { createLogReader, type LogReader } from './reader/log-reader.ts';
export type { LogBounds, LogPlace, LogRecord, LogSlice, ReadOptions } from './reader/log-record.ts';
export { createRegistry, type Registry, type RegistryOptions } from './registry/registry.ts';
