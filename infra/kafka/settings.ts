import { type KafkaAccess, kafkaAccess, kafkaSettings, loadConfig } from '@contact-sync/service-kit';
import { Type } from 'typebox';

const Environment = Type.Object({
  ...kafkaSettings,
  KAFKA_REPLICATION_FACTOR: Type.Optional(
    Type.Integer({ minimum: 1, description: 'Copies of each partition; up to 3 by default' }),
  ),
});

/** Where to deploy to: the services' own settings, and how many copies. */
export type Settings = KafkaAccess & { readonly replicationFactor?: number };

/** @throws {ConfigError} with every fault of the settings. */
export const readSettings = (environment: Readonly<Record<string, string | undefined>>): Settings => {
  const { KAFKA_REPLICATION_FACTOR: replicationFactor, ...kafka } = loadConfig(Environment, environment);
  return { ...kafkaAccess(kafka), ...(replicationFactor !== undefined && { replicationFactor }) };
};
