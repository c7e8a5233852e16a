import { parseRedisAddress, type RedisAddress, type RedisSentinelAddress } from '@contact-sync/domain';
import type { RedisOptions as ClientOptions } from 'ioredis';
import type { Backoff } from './backoff.ts';

/** Where a connection leads to. */
export type Server = {
  /** For logs, without user and password. */
  readonly label: string;
  readonly address: RedisAddress;
};

const hostAndPort = ({ host, port }: { readonly host: string; readonly port: number }) => `${host}:${port}`;

/** What a URL names. Throws a TypeError, which does not repeat it. */
export const serverOf = (url: string): Server => {
  const address = parseRedisAddress(url);
  if (address === undefined) {
    throw new TypeError(
      'a Redis URL reads redis://host:port, or redis-sentinel://host:port,host:port?master=name; rediss for TLS',
    );
  }
  const label =
    address.kind === 'server'
      ? hostAndPort(address)
      : `${address.master} by ${address.sentinels.map(hostAndPort).join(', ')}`;
  return { label, address };
};

/**
 * What ioredis is told to find a primary by Sentinel: it asks those that are named, and none that they know of, at each
 * connection anew, until one of them tells where the primary is.
 */
export const sentinelOptions = (
  {
    sentinels,
    master,
    tls,
    username,
    password,
    database,
    sentinelUser,
    sentinelPassword,
  }: RedisSentinelAddress,
  askWithinMs: number,
  backoff: Backoff,
) =>
  ({
    sentinels: [...sentinels],
    name: master,
    role: 'master',
    updateSentinels: false,
    sentinelCommandTimeout: askWithinMs,
    sentinelRetryStrategy: () => backoff.nextDelayMs(),
    db: database,
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    ...(sentinelUser !== undefined && { sentinelUsername: sentinelUser }),
    ...(sentinelPassword !== undefined && { sentinelPassword }),
    ...(tls && { tls: {}, sentinelTLS: {}, enableTLSForSentinelMode: true }),
  }) satisfies ClientOptions;
