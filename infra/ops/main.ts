/**
 * `npm run ops -- <command>`: what an operator does now and then. Exit codes: the command's; 1 where what was asked for did
 * not come about, 2 for a command that is not known or cannot be meant.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { ApiProblem, NoAnswer } from '@contact-sync/client';
import { CommanderError } from 'commander';
import { connectApi } from './api/connect-api.ts';
import { UsageError } from './api/usage-error.ts';
import { becomeService } from './become-service.ts';
import { createProgram } from './program.ts';
import { createTerminal } from './terminal/terminal.ts';

const lookEveryMs = 500;

const stopping = new AbortController();
const terminal = createTerminal(process.stdout, process.stderr, () => performance.now());

/** What a person can do something about is told without a stack. */
const tell = (error: unknown): number => {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  terminal.clear();
  const isUsage = error instanceof UsageError;
  if (!isUsage && !(error instanceof ApiProblem) && !(error instanceof NoAnswer)) throw error;
  process.stderr.write(`${error.message}\n`);
  return isUsage ? 2 : 1;
};

const program = createProgram({
  becomeService,
  api: () => connectApi(process.env),
  terminal,
  pause: () => delay(lookEveryMs, undefined, { signal: stopping.signal }).catch(() => undefined),
  signal: stopping.signal,
  fail: () => {
    process.exitCode = 1;
  },
});
program.hook('preAction', () => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());
});

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = tell(error);
}
