import { type ChainableCommander, Redis } from 'ioredis';
import { createBackoff } from './backoff.ts';
import { type ClientSettings, clientOptions } from './client-options.ts';
import { type AnsweredReply, type CommandParts, type Reply, sendTogether } from './command-batch.ts';
import { toRedisFault } from './fault.ts';
import { type CallObserver, createInFlight } from './in-flight.ts';
import { leaveReplica } from './leave-replica.ts';
import { closeClient, waitUntilReady } from './lifecycle.ts';
import type { RedisLogger } from './logger.ts';
import { logOutages } from './outage-log.ts';
import { useReplyParser } from './reply-parser.ts';
import { runScript, runScripts } from './run-script.ts';
import type { Script, ScriptCall, ScriptOutcome } from './script.ts';
import { sentinelOptions, serverOf } from './server-of.ts';
import { createServerProcess } from './server-process.ts';

useReplyParser();

export type RedisConnectionOptions = {
  /** As {@link parseRedisAddress} reads it: a server, or a primary by Sentinel; with user, password and database. */
  readonly url: string;
  /** Shown by `CLIENT LIST`; no white space. */
  readonly clientName: string;
  readonly logger: RedisLogger;
  /** How long a command may take; 0 for a connection that blocks on purpose. 2,000 by default. */
  readonly commandTimeoutMs?: number;
  /** How long one attempt to connect may take. 2,000 by default. */
  readonly connectTimeoutMs?: number;
  /**
   * Sends commands again whose reply was lost with the connection, so such a command may run twice, also after its
   * caller was told of a time-out. False by default: a lost reply is a DEPENDENCY_UNAVAILABLE.
   */
  readonly resendUnanswered?: boolean;
  /**
   * Leaves a server that has become a replica within a second, for whatever its address leads to by then; otherwise only
   * a refused write does. True by default where Sentinel is asked, else false.
   */
  readonly leavesReplicas?: boolean;
  /** Hears of each call, those on duplicates aside: what blocks on purpose is no measure of the server. */
  readonly onCall?: CallObserver;
};

export type RedisConnection = {
  /** The ioredis client, for what this type does not offer (subscriptions, events). Its errors are raw. */
  readonly client: Redis;
  /** Starts to connect and returns at once. A server that is away is tried until `close`. */
  connect(): void;
  /** Whether a command sent now would reach the server. */
  isReady(): boolean;
  /** Resolves with true as soon as the connection is ready, with false after `timeoutMs` or once it is closed. */
  waitUntilReady(timeoutMs: number): Promise<boolean>;
  /**
   * Which process the connection leads to, by the id that it gave itself at its start (`INFO`, `run_id`): at once where
   * that is known. It holds for what is sent without a wait in between; after one, ask again.
   */
  serverProcess(): string | Promise<string>;
  /** Resolves when the server answered. Throws as {@link toRedisFault} says. */
  ping(): Promise<void>;
  /** Gives the client to `work` and turns what it rejects with into an AppError by {@link toRedisFault}. */
  use<Result>(work: (client: Redis) => Promise<Result>): Promise<Result>;
  /** Sends what `build` queued in one round trip and gives the replies in order; throws the first error among them. */
  pipeline(build: (pipeline: ChainableCommander) => void): Promise<unknown[]>;
  /** {@link pipeline} as one transaction: no other client's command comes between (MULTI). Undoes nothing at an error. */
  transaction(build: (transaction: ChainableCommander) => void): Promise<unknown[]>;
  /**
   * Sends many commands in one round trip at a third of a pipeline's cost, and gives the replies in order;
   * throws the first error among them. For commands that neither block nor subscribe.
   */
  together(commands: readonly CommandParts[]): Promise<AnsweredReply[]>;
  /** Runs a script; a server that lost its scripts is not visible to the caller. */
  run<Result>(script: Script<Result>, call: ScriptCall): Promise<Result>;
  /**
   * Runs the calls in order in one round trip; each has its own outcome. Rejects, with nothing sent, only on a call with
   * the wrong number of keys.
   */
  runMany<Result>(script: Script<Result>, calls: readonly ScriptCall[]): Promise<ScriptOutcome<Result>[]>;
  /** A further connection to the same server, closed together with this one. */
  duplicate(changes?: DuplicateOptions): RedisConnection;
  /** Lets what is under way finish for up to `commandTimeoutMs`, then closes. May be called twice. */
  close(): Promise<void>;
};

export type DuplicateOptions = Partial<
  Pick<RedisConnectionOptions, 'clientName' | 'commandTimeoutMs' | 'resendUnanswered'>
>;

/**
 * A connection that outlives its server: it reconnects for ever with backoff and jitter, never queues a command for a
 * server that is away, and gives each command a deadline. Opens nothing before `connect`. Throws a TypeError on a URL
 * that cannot be one.
 */
export const createRedis = (options: RedisConnectionOptions): RedisConnection => {
  const settings = withDefaults(options);
  const { label: server, address } = serverOf(options.url);
  const backoff = createBackoff({
    baseMs: 50,
    capMs: 2_000,
    stableMs: 2_000,
    random: Math.random,
    now: () => performance.now(),
  });
  const client =
    address.kind === 'server'
      ? new Redis(options.url, clientOptions(settings, backoff))
      : new Redis({
          ...clientOptions(settings, backoff),
          ...sentinelOptions(address, settings.connectTimeoutMs, backoff),
        });
  client.on('ready', () => backoff.succeeded());
  let closed: Promise<void> | undefined;
  const atClose = new AbortController();
  logOutages(client, options.logger, { server, isClosing: () => closed !== undefined });
  if (options.leavesReplicas ?? address.kind === 'sentinel') leaveReplica(client);
  const inFlight = createInFlight(options.onCall);
  const serverProcess = createServerProcess(client);
  const children: RedisConnection[] = [];

  const use = <Result>(work: (client: Redis) => Promise<Result>): Promise<Result> =>
    inFlight.track(guarded(work, client));

  return {
    client,
    connect() {
      // The outcome shows in events and in isReady; a failed attempt is followed by the next.
      if (client.status === 'wait') client.connect().catch(() => undefined);
    },
    isReady: () => client.status === 'ready',
    waitUntilReady: (timeoutMs) => waitUntilReady(client, timeoutMs, atClose.signal),
    serverProcess: () => {
      const known = serverProcess();
      return typeof known === 'string' ? known : inFlight.track(known.catch(rethrowFault));
    },
    ping: async () => void (await use((ready) => ready.ping())),
    use,
    pipeline: (build) => use((ready) => sendQueued(ready.pipeline(), build)),
    transaction: (build) => use((ready) => sendQueued(ready.multi(), build)),
    together: (commands) => use(async (ready) => (await sendTogether(ready, commands)).map(answered)),
    run: (script, call) => inFlight.track(runScript(client, script, call)),
    runMany: (script, calls) => inFlight.track(runScripts(client, script, calls)),
    duplicate(changes = {}) {
      const { onCall: _, ...ours } = options;
      const child = createRedis({ ...ours, ...changes });
      children.push(child);
      return child;
    },
    close() {
      closed ??= Promise.all([
        ...children.map((child) => child.close()),
        inFlight
          .drained(settings.commandTimeoutMs)
          .then(() => closeClient(client, settings.commandTimeoutMs))
          .then(() => atClose.abort()),
      ]).then(() => undefined);
      return closed;
    },
  };
};

const guarded = async <Result>(work: (client: Redis) => Promise<Result>, client: Redis): Promise<Result> => {
  try {
    return await work(client);
  } catch (error) {
    throw toRedisFault(error);
  }
};

const rethrowFault = (error: unknown): never => {
  throw toRedisFault(error);
};

const answered = (reply: Reply): AnsweredReply => {
  if (reply instanceof Error) throw reply;
  return reply;
};

const withDefaults = (options: RedisConnectionOptions): ClientSettings => ({
  clientName: options.clientName,
  commandTimeoutMs: options.commandTimeoutMs ?? 2_000,
  connectTimeoutMs: options.connectTimeoutMs ?? 2_000,
  resendUnanswered: options.resendUnanswered ?? false,
});

const sendQueued = async (
  queue: ChainableCommander,
  build: (queue: ChainableCommander) => void,
): Promise<unknown[]> => {
  build(queue);
  const replies = (await queue.exec()) ?? [];
  return replies.map(([error, reply]) => {
    if (error) throw error;
    return reply;
  });
};
