import { AppError } from '@contact-sync/domain';
import { beforeEach, describe, expect, it } from 'vitest';
import { type CircuitBreaker, createCircuitBreaker } from './circuit-breaker.ts';

let now: number;
let runs: number;
let breaker: CircuitBreaker;

beforeEach(() => {
  now = 0;
  runs = 0;
  breaker = createCircuitBreaker({
    failures: 3,
    openMs: 1_000,
    isFailure: (error) => (error as Error).message === 'away',
    clock: () => now,
  });
});

const run = (outcome: string): Promise<string> =>
  breaker
    .run(async () => {
      runs += 1;
      if (outcome !== 'well') throw new Error(outcome);
      return outcome;
    })
    .catch((error: Error) =>
      error instanceof AppError ? `${error.code} ${error.retryAfterMs}` : error.message,
    );

const runAll = async (...outcomes: readonly string[]): Promise<string[]> => {
  const seen = [];
  for (const outcome of outcomes) seen.push(await run(outcome));
  return seen;
};

describe('a circuit breaker', () => {
  it('tells whether it is open and how often it was opened', async () => {
    expect(breaker.state()).toEqual({ isOpen: false, openings: 0 });
    await runAll('away', 'away', 'away', 'away');
    expect(breaker.state()).toEqual({ isOpen: true, openings: 1 });
    now = 1_000;
    await run('away');
    expect(breaker.state()).toEqual({ isOpen: true, openings: 2 });
    now = 2_000;
    await run('well');
    expect(breaker.state()).toEqual({ isOpen: false, openings: 2 });
  });

  it('refuses at once after so many failures in a row, and says when to come again', async () => {
    expect(await runAll('away', 'away', 'away', 'well')).toEqual([
      'away',
      'away',
      'away',
      'DEPENDENCY_UNAVAILABLE 1000',
    ]);
    now = 400;
    expect(await run('well')).toBe('DEPENDENCY_UNAVAILABLE 600');
    expect(runs).toBe(3);
  });

  it('stays closed while successes come between, and takes no other error for a failure', async () => {
    await runAll('away', 'away', 'well', 'away', 'away', 'hung up', 'overloaded');
    expect(await run('well')).toBe('well');
  });

  it('lets one task try after its time, and closes where that is well', async () => {
    await runAll('away', 'away', 'away');
    now = 1_000;
    const { promise, resolve } = Promise.withResolvers<string>();
    const probe = breaker.run(() => promise);
    expect(await run('well')).toBe('DEPENDENCY_UNAVAILABLE 1');
    resolve('well');
    expect(await probe).toBe('well');
    expect(await runAll('away', 'away', 'well')).toEqual(['away', 'away', 'well']);
  });

  it('opens anew where the one that tries fails', async () => {
    await runAll('away', 'away', 'away');
    now = 1_000;
    expect(await runAll('away', 'well')).toEqual(['away', 'DEPENDENCY_UNAVAILABLE 1000']);
  });

  it('lets another one try where the first came to no result', async () => {
    await runAll('away', 'away', 'away');
    now = 1_000;
    expect(await runAll('hung up', 'well', 'well')).toEqual(['hung up', 'well', 'well']);
  });

  it('is closed by a late success of before', async () => {
    const { promise, resolve } = Promise.withResolvers<string>();
    const slow = breaker.run(() => promise);
    await runAll('away', 'away', 'away');
    resolve('well');
    await slow;
    expect(await run('well')).toBe('well');
  });
});
