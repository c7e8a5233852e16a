import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import {
  type Progress,
  REDIS_USERS,
  type Run,
  randomSecret,
  SERVICE_NAMES,
  startInfrastructure,
} from '../src/launcher.ts';
import type { SettingChanges, SystemServers } from '../src/system.ts';
import { type Certificates, makeCertificates } from './certificates.ts';
import { type SecuredKafka, startSecuredKafka } from './kafka.ts';
import type { Login } from './kafka-properties.ts';
import { type RedisPasswords, type SecuredRedis, startSecuredRedis } from './redis.ts';
import { type RedisPair, startReplicaAndSentinels } from './sentinel.ts';

/** Those of the services that speak to Kafka (design section 1). */
export const KAFKA_USERS = ['contact-service', 'webhook-ingest', 'event-worker'] as const;
export type KafkaUser = (typeof KAFKA_USERS)[number];

/** Servers as production has them: nobody comes in without TLS and a name, and each service may do what is its own. */
export type ProductionServers = SystemServers & {
  readonly certificates: Certificates;
  readonly redis: SecuredRedis;
  /** The same server with a replica, and sentinels that watch both. */
  readonly redisPair: RedisPair;
  readonly redisPasswords: RedisPasswords;
  readonly kafka: SecuredKafka;
  readonly kafkaLogins: Readonly<Record<KafkaUser | 'operator', Login>>;
};

const loginOf = <Name extends string>(username: Name) =>
  [username, { username, password: randomSecret() }] as const;

const settingsOf = ({
  certificates,
  redis,
  kafka,
  kafkaLogins,
}: Omit<ProductionServers, keyof SystemServers>): SettingChanges =>
  Object.fromEntries(
    SERVICE_NAMES.map((name) => {
      const login = kafkaLogins[name as KafkaUser];
      return [
        name,
        {
          NODE_EXTRA_CA_CERTS: certificates.authority,
          REDIS_URL: redis.urlFor(name),
          ...(login && kafka.settingsFor(login)),
        },
      ];
    }),
  );

/** Trusts a root in this process too, until it is disposed. */
const trust = async (authority: string): Promise<Disposable> => {
  const before = getCACertificates();
  setDefaultCACertificates([...before, await readFile(authority, 'utf8')]);
  return { [Symbol.dispose]: () => setDefaultCACertificates(before) };
};

/** Starts them. Only the registry is that of the environment: it has no users of its own. */
export const startProductionServers = async (run: Run, progress: Progress): Promise<ProductionServers> => {
  const certificates = await makeCertificates(join(run.folder, 'certificates'));
  const trusted = await trust(certificates.authority);
  const redisPasswords = Object.fromEntries(
    REDIS_USERS.map((user) => [user, randomSecret()]),
  ) as RedisPasswords;
  const kafkaLogins = Object.fromEntries(
    [...KAFKA_USERS, 'operator' as const].map(loginOf),
  ) as ProductionServers['kafkaLogins'];
  const users = KAFKA_USERS.map((name) => kafkaLogins[name]);
  const [registry, redis, kafka] = await Promise.all([
    startInfrastructure({ run, progress, only: ['registry'] }),
    startSecuredRedis(run, certificates, redisPasswords),
    progress.step('Starting Kafka with TLS, SCRAM and an authorizer', () =>
      startSecuredKafka({ run, progress }, certificates, kafkaLogins.operator, users),
    ),
  ]);
  const redisPair = await startReplicaAndSentinels(run, certificates, redisPasswords, redis);
  const parts = { certificates, redis, redisPair, redisPasswords, kafka, kafkaLogins };
  return {
    ...parts,
    environment: {
      ...registry.environment,
      KAFKA_BROKERS: kafka.brokers,
      REDIS_URL: redis.urlFor('operator'),
    },
    settings: settingsOf(parts),
    deployment: { ...kafka.settingsFor(kafkaLogins.operator), KAFKA_ACLS: 'true' },
    broker: kafka.process,
    stop: async () => trusted[Symbol.dispose](),
  };
};
