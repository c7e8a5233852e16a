import type { RedisOptions as ClientOptions } from 'ioredis';
import type { Backoff } from './backoff.ts';
import { replyCode } from './fault.ts';

export type ClientSettings = {
  readonly clientName: string;
  readonly commandTimeoutMs: number;
  readonly connectTimeoutMs: number;
  readonly resendUnanswered: boolean;
};

/** How every connection of the house treats a server that is away, frozen, loading or demoted. */
export const clientOptions = (settings: ClientSettings, backoff: Backoff) =>
  ({
    lazyConnect: true,
    connectionName: settings.clientName,
    // Redis 6 takes CLIENT SETINFO for a fault of a user with few rights, and Redis 7.0 has no right of that name.
    disableClientInfo: true,
    // What the reply parser reads, and what client tracking by redirection needs.
    protocol: 2,
    connectTimeout: settings.connectTimeoutMs,
    // A queue of commands that wait for a server is memory without bound and answers without a deadline.
    enableOfflineQueue: false,
    // 0 rejects unanswered commands as soon as the connection is lost, before ioredis would send them again.
    maxRetriesPerRequest: settings.resendUnanswered ? 1 : 0,
    autoResendUnfulfilledCommands: settings.resendUnanswered,
    ...(settings.commandTimeoutMs > 0 && {
      commandTimeout: settings.commandTimeoutMs,
      // A frozen server or a silent network gives no close; without this the dead socket would be used for minutes.
      socketTimeout: settings.commandTimeoutMs * 2,
    }),
    // ioredis would subscribe anew by itself, and a connection that is gone again by then would reject what nobody can
    // handle, which ends the process. Who listens has missed messages in any case and starts over.
    autoResubscribe: false,
    // While the server loads its data, ask on the same connection instead of coming again.
    enableReadyCheck: true,
    maxLoadingRetryTime: 500,
    retryStrategy: () => backoff.nextDelayMs(),
    // The address may lead to the new primary by now.
    reconnectOnError: (error) => replyCode(error.message) === 'READONLY',
  }) satisfies ClientOptions;
