export { propertyRuns } from '@contact-sync/domain/testing';
export type { ShowRecord } from './acme-stand-in/acme-answer.ts';
export {
  type AcmeRule,
  type AcmeStandIn,
  type AcmeStandInOptions,
  startAcmeStandIn,
} from './acme-stand-in/acme-stand-in.ts';
export type { AcmeChange, AcmeStored } from './acme-stand-in/acme-store.ts';
export { type AcmeAsked, type AcmeTrouble, limited } from './acme-stand-in/acme-trouble.ts';
export { compileCache } from './compile-cache.ts';
export { type TestEnvironment, testEnvironment } from './environment.ts';
export { type EventuallyOptions, eventually } from './eventually.ts';
export { acmeContact } from './fixtures/acme-contact.ts';
export {
  type AcmeDeletionEvent,
  type AcmeUpsertEvent,
  acmeDeletion,
  acmeEvent,
  type EventOverrides,
} from './fixtures/acme-event.ts';
export { acmeHistory, type HistoryOptions } from './fixtures/acme-history.ts';
export { sourceEvent } from './fixtures/source-event.ts';
export { choosePort } from './ports.ts';
export { seededRandom } from './random.ts';
export { redisServerExecutable } from './redis-server/executable.ts';
export { type RedisServer, type RedisServerOptions, startRedisServer } from './redis-server/redis-server.ts';
export { runMain } from './run-main.ts';
export type { ProxyBehaviour } from './tcp-proxy/behaviour.ts';
export type { ProxyTarget } from './tcp-proxy/relay.ts';
export { createTcpProxy, type TcpProxy, type TcpProxyOptions } from './tcp-proxy/tcp-proxy.ts';
export { uniquePrefix } from './unique-prefix.ts';
