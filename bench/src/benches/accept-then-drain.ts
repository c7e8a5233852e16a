import { availableParallelism } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { acmeContactCreated } from '@contact-sync/kafka';
import { interleave } from '../harness/interleave.ts';
import { type Load, saturated } from '../harness/load.ts';
import type { Stage } from '../harness/stage.ts';
import { countRecords } from '../harness/topics.ts';
import { measureTurn, type Turn, type Work } from '../harness/turn.ts';
import { countFate } from '../load/metric.ts';

const turns = { rounds: 3, seconds: 5, warmUpSeconds: 2 };
// More than ingest has been seen to accept a second.
const guess = 20_000;
const lookEveryMs = 50;
const deadlineMs = 120_000;

type Setting = {
  readonly stage: Stage;
  readonly load: Load;
  readonly onTurn: (text: string) => void;
};

const pidsOf = ({ stage, load }: Setting) => ({ ...stage.pids(), load: load.pid, bench: process.pid });

const acceptSingles = async (setting: Setting): Promise<readonly Turn[]> => {
  const { stage, load, onTurn } = setting;
  const singles = saturated(load, {
    name: 'accepted',
    url: stage.urlOf('webhook-ingest'),
    expectedStatus: 202,
    guess,
    source: (requests) => ({
      kind: 'deliveries',
      reusable: false,
      secret: stage.acmeSecret,
      requests,
      eventsPerRequest: 1,
    }),
  });
  return (await interleave([singles], { ...turns, pids: pidsOf(setting), onTurn })).accepted;
};

/** Resolves when the worker has applied so many since it began. */
const untilApplied = async (workerOpsUrl: string, count: number): Promise<number> => {
  const startedAt = performance.now();
  for (;;) {
    const applied = await countFate(workerOpsUrl, 'applied');
    if (applied >= count) return applied;
    if (performance.now() - startedAt > deadlineMs)
      throw new Error(`only ${applied} of ${count} were applied`);
    await pause(lookEveryMs);
  }
};

const drainInParts = async (setting: Setting, total: number): Promise<readonly Turn[]> => {
  const workerOpsUrl = setting.stage.opsUrlOf('event-worker');
  const first = await untilApplied(workerOpsUrl, 1);
  let applied = first;
  const drainUpTo = async (count: number): Promise<Work> => {
    const [before, startedAt] = [applied, performance.now()];
    applied = await untilApplied(workerOpsUrl, count);
    return { operations: applied - before, seconds: (performance.now() - startedAt) / 1_000 };
  };
  const taken: Turn[] = [];
  for (let round = 1; round <= turns.rounds; round += 1) {
    // A part may end some events late, which are then the next one's lead.
    const upTo = first + Math.floor(((total - first) * round) / turns.rounds);
    const measured = { pids: pidsOf(setting), cores: availableParallelism() };
    const turn = await measureTurn(() => drainUpTo(upTo), measured);
    setting.onTurn(`drained of what was accepted: ${(turn.operations / turn.seconds).toFixed(0)}/s`);
    taken.push(turn);
  }
  return taken;
};

/**
 * New contacts that ingest accepts one by one while no worker runs, and then the very same events drained by a worker
 * that starts, so that both rates are of one machine, of one store and of the same records.
 */
export const acceptThenDrain = async (setting: Setting) => {
  const { stage } = setting;
  const countAccepted = async () =>
    (await countRecords(stage.kafkaBrokers, acmeContactCreated.topic)).reduce((sum, count) => sum + count, 0);
  await stage.stop('event-worker');
  await stage.start('webhook-ingest');
  const before = await countAccepted();
  const accepted = await acceptSingles(setting);
  await stage.stop('webhook-ingest');
  const total = (await countAccepted()) - before;
  await stage.start('event-worker');
  return { accepted, drained: await drainInParts(setting, total) };
};
