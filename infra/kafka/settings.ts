import { type KafkaAccess, kafkaAccess, kafkaSettings, loadConfig } from '@contact-sync/service-kit';
import { Type } from 'typebox';

const Environment = Type.Object({
  ...kafkaSettings,
  KAFKA_REPLICATION_FACTOR: Type.Optional(
    Type.Integer({ minimum: 1, description: 'Copies of each partition; up to 3 by default' }),
  ),
  KAFKA_ACLS: Type.Boolean({
    default: false,
    description: 'Whether the services are granted what acls.yaml says; for brokers with an authorizer',
  }),
  DEPLOY_WAIT_SECONDS: Type.Integer({
    default: 0,
    minimum: 0,
    maximum: 3_600,
    description: 'How long servers that do not answer yet are asked again, in s',
  }),
});

/**
 * Where to deploy to: the services' own settings, how many copies, whether the services are granted their rights, and how
 * long to wait for servers that start.
 */
export type Settings = KafkaAccess & {
  readonly replicationFactor?: number;
  readonly grants: boolean;
  readonly waitMs: number;
};

/** @throws {ConfigError} with every fault of the settings. */
export const readSettings = (environment: Readonly<Record<string, string | undefined>>): Settings => {
  const {
    KAFKA_REPLICATION_FACTOR: replicationFactor,
    KAFKA_ACLS: grants,
    DEPLOY_WAIT_SECONDS: waitSeconds,
    ...kafka
  } = loadConfig(Environment, environment);
  return {
    ...kafkaAccess(kafka),
    grants,
    waitMs: waitSeconds * 1_000,
    ...(replicationFactor !== undefined && { replicationFactor }),
  };
};
