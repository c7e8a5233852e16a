import { AppError } from '@contact-sync/domain';

/** Replies that tell of the server's state rather than of the command: the same command may work later. */
const serverTrouble: ReadonlySet<string> = new Set([
  'LOADING',
  'READONLY',
  'BUSY',
  'MISCONF',
  'MASTERDOWN',
  'NOREPLICAS',
  'CLUSTERDOWN',
  'TRYAGAIN',
  'MOVED',
  'ASK',
  'NOAUTH',
  'WRONGPASS',
  'NOPERM',
]);

/** ioredis gives these no name or code of their own. */
const connectionTrouble =
  /^(Command timed out|Connection is closed|Stream isn't writeable|Socket timeout|connect ETIMEDOUT)/;

const retryAfterMs = 1_000;

/**
 * Turns whatever an ioredis call rejected with into the house's error: `STORAGE_FULL` when the server is out of memory
 * or disk, `DEPENDENCY_UNAVAILABLE` when it is away or in no state to serve (both retryable; whether the command ran is
 * unknown after a lost connection or a time-out), `INTERNAL` when the command or our own code is at fault. An AppError
 * passes unchanged. The result never holds a key, an argument or a value (design rule 10).
 */
export const toRedisFault = (error: unknown): AppError => {
  if (error instanceof AppError) return error;
  if (!(error instanceof Error)) return internal('threw something that is no error', undefined);
  if (error.name === 'ReplyError') return replyFault(error);
  return isConnectionTrouble(error)
    ? unavailable(error.message)
    : internal(`${error.name} in work on Redis`, error);
};

/** The error code of a reply, also where a script's own call failed and Redis 6 wrapped it. */
export const replyCode = (message: string): string => {
  const wrapped = /^ERR Error running script .*?: -?([A-Z]{3,}) /s.exec(message);
  return wrapped?.[1] ?? /^[A-Z]+/.exec(message)?.[0] ?? 'ERR';
};

const replyFault = (error: Error): AppError => {
  const code = replyCode(error.message);
  const previous =
    'previousErrors' in error && Array.isArray(error.previousErrors) && error.previousErrors[0];
  if (code === 'EXECABORT' && previous) return toRedisFault(previous);
  if (code === 'OOM' || error.message.includes('No space left')) return storageFull(code);
  if (serverTrouble.has(code) || error.message.startsWith('ERR max number of clients')) {
    return unavailable(code);
  }
  return internal(`${commandName(error)} was refused with ${code}: ${firstWords(error.message)}`, undefined);
};

const isConnectionTrouble = (error: Error): boolean =>
  error.name === 'MaxRetriesPerRequestError' ||
  error.name === 'AbortError' ||
  ('syscall' in error && 'code' in error) ||
  connectionTrouble.test(error.message);

/** What follows in these texts may quote arguments of the command. */
const firstWords = (message: string): string => message.split(/, with args|["'`]/)[0]?.slice(0, 200) ?? '';

const commandName = (error: Error): string => {
  const command = 'command' in error ? (error.command as { name?: unknown } | undefined) : undefined;
  return typeof command?.name === 'string' ? command.name : 'a command';
};

const unavailable = (why: string): AppError =>
  new AppError('DEPENDENCY_UNAVAILABLE', {
    message: 'Storage is not available at the moment.',
    internal: `redis: ${why.slice(0, 200)}`,
    retryable: true,
    retryAfterMs,
  });

const storageFull = (code: string): AppError =>
  new AppError('STORAGE_FULL', {
    message: 'Storage is full; nothing was written.',
    internal: `redis: ${code}`,
    retryable: true,
    retryAfterMs,
  });

const internal = (why: string, cause: Error | undefined): AppError =>
  new AppError('INTERNAL', {
    message: 'Something went wrong on our side.',
    internal: `redis: ${why}`,
    ...(cause && { cause }),
  });
