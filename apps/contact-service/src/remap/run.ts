import { setTimeout as delay } from 'node:timers/promises';
import { loadConfig } from '@contact-sync/service-kit';
import { emptyTally, type RemapTally } from '../domain/remap-tally.ts';
import { readMapping } from '../read-mapping.ts';
import { createPace } from '../use-cases/pace.ts';
import { type RemapObserver, remapContacts } from '../use-cases/remap-contacts.ts';
import type { RemapArguments } from './arguments.ts';
import { connect, RemapConfig } from './connect.ts';
import { createExamples } from './examples.ts';
import type { Progress } from './progress.ts';
import type { RemapReport } from './report.ts';

const batchSize = 100;
const drainMs = 500;
const now = () => performance.now();

export type Run = {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly progress: Progress;
  readonly signal: AbortSignal;
};

/**
 * One run of the command.
 *
 * @throws {ConfigError} for settings, {@link connect}'s and the store's errors.
 */
export const runRemap = async (given: RemapArguments, run: Run): Promise<RemapReport> => {
  const { environment, progress, signal } = run;
  const config = loadConfig(RemapConfig, environment);
  const mapping = readMapping(config);
  const { ports, mappings, close } = await connect(config, mapping, progress.note);
  const found = createExamples(given);
  let tally: RemapTally = emptyTally;
  const pause = (ms: number) => delay(ms, undefined, { signal }).catch(() => undefined);
  const observer: RemapObserver = {
    resumed: () => progress.note('Going on where a run before ended.'),
    met: (id, outcome) => {
      const failure = found.add(id, outcome);
      if (failure) progress.note(`${failure.id} ${failure.code} ${failure.pointer ?? ''}`.trimEnd());
    },
    counted: (counted) => {
      tally = counted;
      progress.counted(counted);
    },
    held: (waiting) => progress.note(`Waiting: ${waiting} outgoing events are not on Kafka yet.`),
  };
  try {
    // Before any history names it.
    if (!given.dryRun) await mappings.keep(mapping);
    const whole = await remapContacts(ports, {
      dryRun: given.dryRun,
      batchSize: Math.min(batchSize, given.rate),
      pace: createPace({ perSecond: given.rate, now, pause }),
      pause: () => pause(drainMs),
      signal,
      observer,
    });
    const { examples, failures } = found;
    const { dryRun } = given;
    return {
      mappingId: mapping.id,
      dryRun,
      complete: whole !== null,
      ...(whole ?? tally),
      examples,
      failures,
    };
  } finally {
    await close();
  }
};
