export const SERVER_NAMES = ['kafka', 'registry', 'redis'] as const;

/** One of the servers that the system stands on. */
export type ServerName = (typeof SERVER_NAMES)[number];

/** The setting in which each server's address is given to the services, and to us from outside. */
export const ADDRESS_SETTING = {
  kafka: 'KAFKA_BROKERS',
  registry: 'SCHEMA_REGISTRY_URL',
  redis: 'REDIS_URL',
} as const satisfies Record<ServerName, string>;

/** The settings of the named servers. */
export type Addresses<Name extends ServerName = ServerName> = Record<(typeof ADDRESS_SETTING)[Name], string>;

/** How clients are told where each server is. */
export const addressOf: Record<ServerName, (host: string, port: number) => string> = {
  kafka: (host, port) => `${host}:${port}`,
  registry: (host, port) => `http://${host}:${port}/apis/ccompat/v7`,
  redis: (host, port) => `redis://${host}:${port}`,
};

/** Where people expect these servers, and where each `.env.example` looks for them. */
export const WELL_KNOWN_PORT: Record<ServerName, number> = { kafka: 9092, registry: 8081, redis: 6379 };
