import { whenCallerIsGone } from './callers.ts';
import { describeFailure } from './launch-error.ts';

const EXIT_CODE_OF_SIGNAL = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

// One Ctrl-C can arrive twice: from the terminal and, where its shell has given way to us, from npm.
const ECHO_MS = 1_000;

/** What a command answers: an exit code, or that it has begun something that goes on until it is stopped. */
export type Outcome = number | 'stays';

interface StopRequest {
  exitCode: number;
  /** Whether it is the regular end of a command that stays. */
  regular: boolean;
}

/**
 * Runs a command of the launcher to its exit code and ends the process. SIGINT, SIGTERM and SIGHUP stop it: what it
 * put on `cleanUp` is undone, last first, and a command that stays then ends with 0. A fault is told in words.
 */
export async function runCommand(work: (cleanUp: AsyncDisposableStack) => Promise<Outcome>): Promise<never> {
  const cleanUp = new AsyncDisposableStack();
  const stopped = stopRequest();
  // A terminal that is gone must not keep the clean-up from running.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  const exitCode = await conclude(
    () => Promise.race([work(cleanUp), stopped.then(({ exitCode }) => exitCode)]),
    stopped,
  );
  const cleanUpCode = await conclude(() => cleanUp.disposeAsync().then(() => 0), stopped);
  process.exit(exitCode === 0 ? cleanUpCode : exitCode);
}

async function conclude(work: () => Promise<Outcome>, stopped: Promise<StopRequest>): Promise<number> {
  try {
    const outcome = await work();
    if (outcome !== 'stays') return outcome;
    // A pending promise alone does not keep a process alive.
    const alive = setInterval(() => undefined, 60_000);
    const { exitCode, regular } = await stopped;
    clearInterval(alive);
    return regular ? 0 : exitCode;
  } catch (error) {
    process.stderr.write(`\n${describeFailure(error)}\n`);
    return 1;
  }
}

/** Resolves at the first signal; a later one ends the process, and the watchdog does the rest. */
function stopRequest(): Promise<StopRequest> {
  return new Promise((resolve) => {
    let requestedAt: number | undefined;
    for (const [signal, exitCode] of Object.entries(EXIT_CODE_OF_SIGNAL)) {
      process.on(signal, () => {
        const now = performance.now();
        if (requestedAt !== undefined && now - requestedAt > ECHO_MS) process.exit(exitCode);
        requestedAt ??= now;
        resolve({ exitCode, regular: true });
      });
    }
    // A failed task makes a turbo that lives on without its caller end the other tasks as well.
    void whenCallerIsGone(() => resolve({ exitCode: EXIT_CODE_OF_SIGNAL.SIGHUP, regular: false }));
  });
}
