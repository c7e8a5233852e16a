import type { ServerName } from '../addresses.ts';
import { newClusterId, SINGLE_BROKER_SETTINGS } from './kafka-settings.ts';
import { LOCAL_SETTINGS, REDIS_CONF } from './redis.ts';
import { REGISTRY_SETTINGS } from './registry.ts';

/** One server as a container. */
export interface ContainerPlan {
  image: string;
  /** The port of its clients inside the container. */
  clientPort: number;
  /** The port of its readiness probe, where that is another one. */
  probePort?: number;
  command?: string[];
  /** Laid into the container before it starts. */
  files?: { source: string; target: string }[];
  environment: Record<string, string>;
}

/** The same servers as in pom.xml, with the same settings; `address` is what clients outside the container use. */
export const containerPlans: Record<ServerName, (address: { host: string; port: number }) => ContainerPlan> =
  {
    kafka: ({ host, port }) => ({
      image: 'apache/kafka:4.3.1',
      clientPort: 9092,
      environment: {
        CLUSTER_ID: newClusterId(),
        KAFKA_HEAP_OPTS: '-Xms256m -Xmx512m',
        KAFKA_NODE_ID: '1',
        KAFKA_PROCESS_ROLES: 'broker,controller',
        KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9093',
        KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
        KAFKA_LISTENERS: 'PLAINTEXT://:9092,CONTROLLER://:9093,INTERNAL://:19092',
        // The broker talks to itself to end transactions; the address of clients does not lead back into the container.
        KAFKA_ADVERTISED_LISTENERS: `PLAINTEXT://${host}:${port},INTERNAL://localhost:19092`,
        KAFKA_INTER_BROKER_LISTENER_NAME: 'INTERNAL',
        KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,INTERNAL:PLAINTEXT',
        ...asVariables(SINGLE_BROKER_SETTINGS, 'KAFKA_'),
      },
    }),
    registry: () => ({
      image: 'apicurio/apicurio-registry:3.3.3',
      clientPort: 8080,
      probePort: 9000,
      environment: {
        ...asVariables(REGISTRY_SETTINGS),
        APICURIO_DATASOURCE_URL: 'jdbc:h2:file:/tmp/registry;WRITE_DELAY=0',
      },
    }),
    redis: () => ({
      image: 'redis:7.4.2',
      clientPort: 6379,
      command: ['redis-server', '/etc/redis/redis.conf', ...LOCAL_SETTINGS],
      files: [{ source: REDIS_CONF, target: '/etc/redis/redis.conf' }],
      environment: {},
    }),
  };

/** Both images read a setting from the variable of the same name in capitals, with `_` for each other character. */
function asVariables(settings: Readonly<Record<string, string>>, prefix = ''): Record<string, string> {
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [
      prefix + name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_'),
      value,
    ]),
  );
}
