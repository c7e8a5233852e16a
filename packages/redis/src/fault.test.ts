import { AppError } from '@contact-sync/domain';
import { describe, expect, test } from 'vitest';
import { toRedisFault } from './fault.ts';

const reply = (message: string, name = 'set') =>
  Object.assign(new Error(message), {
    name: 'ReplyError',
    command: { name, args: ['canary-key', 'canary-value'] },
  });

describe('says that the server is away, and that it may work later, on', () => {
  test.each([
    'LOADING Redis is loading the dataset in memory',
    "READONLY You can't write against a read only replica.",
    "ERR Error running script (call to f_0a): @user_script:1: -READONLY You can't write against a read only replica.",
    'BUSY Redis is busy running a script.',
    'MISCONF Redis is configured to save RDB snapshots, but it is currently unable to persist to disk.',
    'MASTERDOWN Link with MASTER is down',
    'NOAUTH Authentication required.',
    'WRONGPASS invalid username-password pair or user is disabled.',
    'NOPERM this user has no permissions to run the command',
    'ERR max number of clients reached',
  ])('%s', (message) => {
    expect(toRedisFault(reply(message))).toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE', retryable: true });
  });

  test.each([
    new Error('Command timed out'),
    new Error('Connection is closed.'),
    new Error("Stream isn't writeable and enableOfflineQueue options is false"),
    new Error("Socket timeout. Expecting data, but didn't receive any in 4000ms."),
    Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', syscall: 'connect' }),
    Object.assign(new Error('x'), { name: 'MaxRetriesPerRequestError' }),
    Object.assign(new Error('Command aborted due to connection close'), { name: 'AbortError' }),
  ])('$message', (error) => {
    expect(toRedisFault(error)).toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE', retryable: true });
  });
});

test.each([
  "OOM command not allowed when used memory > 'maxmemory'.",
  "ERR Error running script (call to f_0a): @user_script:1: @user_script: 1: -OOM command not allowed when used memory > 'maxmemory'.",
  'MISCONF Errors writing to the AOF file: No space left on device',
])('says that storage is full on %s', (message) => {
  expect(toRedisFault(reply(message))).toMatchObject({ code: 'STORAGE_FULL', retryable: true });
});

test('says why a transaction was discarded', () => {
  const aborted = Object.assign(reply('EXECABORT Transaction discarded because of previous errors.'), {
    previousErrors: [reply("OOM command not allowed when used memory > 'maxmemory'.")],
  });
  expect(toRedisFault(aborted)).toMatchObject({ code: 'STORAGE_FULL' });
});

test.each([
  reply('WRONGTYPE Operation against a key holding the wrong kind of value'),
  reply('ERR Error running script (call to f_0a): @user_script:1: attempt to index a nil value', 'evalsha'),
  new TypeError('x is not a function'),
  'a string',
  undefined,
])('calls a fault of our own internal and not retryable: %s', (error) => {
  expect(toRedisFault(error)).toMatchObject({ code: 'INTERNAL', retryable: false });
});

test('keeps the trace of a fault in our own code', () => {
  const bug = new TypeError('x is not a function');
  expect(toRedisFault(bug).cause).toBe(bug);
});

test('passes an AppError unchanged', () => {
  const error = new AppError('CONFLICT', { message: 'x' });
  expect(toRedisFault(error)).toBe(error);
});

test('never repeats a key, an argument or a value', async () => {
  const { inspect } = await import('node:util');
  const errors = [
    reply('ERR unknown command `canary`, with args beginning with: `canary` '),
    reply("ERR unknown command 'canary', with args beginning with: 'canary' "),
    reply('WRONGTYPE Operation against a key holding the wrong kind of value'),
    reply('LOADING canary'),
    Object.assign(new Error('Command aborted due to connection close'), {
      name: 'AbortError',
      command: { name: 'set', args: ['canary'] },
    }),
  ];
  for (const error of errors) expect(inspect(toRedisFault(error), { depth: 9 })).not.toContain('canary');
});
