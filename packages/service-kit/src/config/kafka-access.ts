import { type Static, Type } from 'typebox';
import { exampleOf } from './describe-fault.ts';
import { ConfigError } from './load-config.ts';
import { httpBaseUrl } from './settings.ts';

const text = (description: string) => Type.Optional(Type.String({ minLength: 1, description }));
const secret = (description: string) =>
  Type.Optional(Type.String({ minLength: 1, writeOnly: true, description }));

/** How to reach Kafka and the schema registry, and as whom. */
export const kafkaSettings = {
  KAFKA_BROKERS: Type.Array(Type.String({ format: 'broker', pattern: '^\\s*[^:\\s]+:\\d+\\s*$' }), {
    separator: ',',
    minItems: 1,
    description: 'Bootstrap brokers, host:port, comma-separated',
  }),
  KAFKA_TLS: Type.Boolean({ default: false, description: 'Whether brokers are spoken to over TLS' }),
  KAFKA_SASL_MECHANISM: Type.Optional(
    Type.Enum(['plain', 'scram-sha-256', 'scram-sha-512'], { description: 'SASL, where brokers ask for it' }),
  ),
  KAFKA_SASL_USERNAME: text('Who we are to the brokers'),
  KAFKA_SASL_PASSWORD: secret('The password of that name'),
  SCHEMA_REGISTRY_URL: httpBaseUrl('Confluent-compatible schema registry'),
  SCHEMA_REGISTRY_USERNAME: text('Who we are to the registry, where it asks'),
  SCHEMA_REGISTRY_PASSWORD: secret('The password of that name'),
};

type KafkaSettings = Static<ReturnType<typeof Type.Object<typeof kafkaSettings>>>;

/** Settings that only make sense together stand together here. */
export type KafkaAccess = {
  readonly cluster: {
    readonly brokers: readonly string[];
    readonly tls?: true;
    readonly sasl?: {
      readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
      readonly username: string;
      readonly password: string;
    };
  };
  readonly registry: {
    readonly url: string;
    readonly auth?: { readonly username: string; readonly password: string };
  };
};

const credentials = (
  prefix: 'KAFKA_SASL' | 'SCHEMA_REGISTRY',
  username: string | undefined,
  password: string | undefined,
  isNeeded: boolean,
) => {
  if (username !== undefined && password !== undefined) return { username, password };
  if (!isNeeded && username === undefined && password === undefined) return undefined;
  const missing = [
    username === undefined && (`${prefix}_USERNAME` as const),
    password === undefined && (`${prefix}_PASSWORD` as const),
  ];
  throw new ConfigError(
    missing.flatMap((name) =>
      name
        ? [
            `${name}: is required beside the settings that are given, for example ${exampleOf(name, kafkaSettings[name])}`,
          ]
        : [],
    ),
  );
};

/** @throws {ConfigError} where a user name or password stands alone. */
export const kafkaAccess = (settings: KafkaSettings): KafkaAccess => {
  const mechanism = settings.KAFKA_SASL_MECHANISM;
  const { KAFKA_SASL_USERNAME, KAFKA_SASL_PASSWORD, SCHEMA_REGISTRY_USERNAME, SCHEMA_REGISTRY_PASSWORD } =
    settings;
  const login = mechanism && credentials('KAFKA_SASL', KAFKA_SASL_USERNAME, KAFKA_SASL_PASSWORD, true);
  const auth = credentials('SCHEMA_REGISTRY', SCHEMA_REGISTRY_USERNAME, SCHEMA_REGISTRY_PASSWORD, false);
  return {
    cluster: {
      brokers: settings.KAFKA_BROKERS.map((broker) => broker.trim()),
      ...(settings.KAFKA_TLS && { tls: true as const }),
      ...(mechanism && login && { sasl: { mechanism, ...login } }),
    },
    registry: { url: settings.SCHEMA_REGISTRY_URL.replace(/\/+$/, ''), ...(auth && { auth }) },
  };
};
