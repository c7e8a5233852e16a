import { workerToken } from '../harness/access-tokens.ts';
import type { Bench } from '../harness/bench.ts';
import { startCeiling } from '../harness/ceiling.ts';
import { cpuRow, memoryRow } from '../harness/cost-rows.ts';
import { rates } from '../harness/figures.ts';
import { ratioAtLeast } from '../harness/goal.ts';
import { interleave } from '../harness/interleave.ts';
import { type Load, startLoad } from '../harness/load.ts';
import { trustNotes } from '../harness/notes.ts';
import { row } from '../harness/row.ts';
import { openStage, type Stage } from '../harness/stage.ts';
import { acceptThenDrain } from './accept-then-drain.ts';
import { openStore, type Store } from './contacts/store.ts';

const turns = { rounds: 3, seconds: 6, warmUpSeconds: 2 };
const usualContacts = 10_000;
const batches = { connections: 4, eventsPerBatch: 150 };
const replayDatabase = 3;
// Each replay has to move what the one before it wrote.
const recordedWritesEach = 2;
const longEnoughSeconds = 120;
// More than a worker has been seen to drain.
const firstGuess = 4_000;

type Setting = {
  readonly stage: Stage;
  readonly load: Load;
  readonly store: Store;
  readonly contacts: number;
};

/** Every contact at the first version, then a pipeline that replays what contact-service wrote for the next two. */
const openPipeline = async ({ stage, load, store, contacts }: Setting, cleanUp: AsyncDisposableStack) => {
  const token = await workerToken(stage);
  const url = stage.urlOf('contact-service');
  const applyUpTo = (upToVersion: number) =>
    load.ask('applyBatches', { ...batches, url, token, contacts, seconds: longEnoughSeconds, upToVersion });
  await applyUpTo(1);
  const pipeline = await startCeiling(cleanUp, 'contact-service');
  await pipeline.ask('record', stage.redisUrl);
  for (let version = 2; version < 2 + recordedWritesEach; version += 1) await applyUpTo(version);
  await pipeline.ask('finishRecording', recordedWritesEach * contacts);
  await store.trimOutbox();
  const replay = await openStore(stage.redisUrl, replayDatabase, cleanUp);
  await pipeline.ask('openPipeline', replay.url);
  return { pipeline, replay };
};

/** As many events a turn as are drained in its time, by the turn before. */
const drainedBy = (load: Load, store: Store) => {
  let eventsPerSecond = firstGuess;
  return {
    name: 'drained',
    prepare: async (seconds: number) => {
      await store.trimOutbox();
      await load.ask('encode', Math.ceil(eventsPerSecond * seconds));
    },
    work: async () => {
      const work = await load.ask('drain');
      eventsPerSecond = work.operations / work.seconds;
      return work;
    },
  } as const;
};

/** Events from Kafka to the store through one worker and one contact-service, beside the script that writes the same. */
export const benchApply: Bench = async ({ cleanUp, progress, scale: contacts = usualContacts }) => {
  const stage = await openStage({ cleanUp, progress });
  await stage.start('auth-service');
  const store = await openStore(stage.redisUrl, 0, cleanUp);
  await stage.start('contact-service');
  const load = await startLoad(cleanUp);
  const { pipeline, replay } = await openPipeline({ stage, load, store, contacts }, cleanUp);
  await stage.start('event-worker');
  await load.ask('openDrain', {
    brokers: stage.kafkaBrokers,
    registryUrl: stage.registryUrl,
    contacts,
    firstVersion: 2 + recordedWritesEach,
    workerOpsUrl: stage.opsUrlOf('event-worker'),
  });
  const pipelined = { writesPerBatch: batches.eventsPerBatch, batches: batches.connections };
  const taken = await interleave(
    [
      drainedBy(load, store),
      {
        name: 'pipelined',
        prepare: () => replay.trimOutbox(),
        work: (seconds) => pipeline.ask('pipelineWrites', { ...pipelined, seconds }),
      },
    ],
    {
      ...turns,
      pids: { ...stage.pids(), load: load.pid, pipeline: pipeline.pid, bench: process.pid },
      onTurn: progress.note,
    },
  );
  const { drained } = taken;
  const afterIngest = await acceptThenDrain({ stage, load, onTurn: progress.note });
  const processes = ['event-worker', 'contact-service', 'kafka', 'redis', 'load'];
  return {
    rows: [
      row({
        name: 'events drained, beside the same script pipelined',
        unit: '1/s',
        values: rates(drained),
        ceilings: rates(taken.pipelined),
        goal: ratioAtLeast(0.35),
      }),
      row({
        name: 'events drained, beside accepted by ingest as singles before',
        unit: '1/s',
        values: rates(afterIngest.drained),
        ceilings: rates(afterIngest.accepted),
      }),
      ...processes.flatMap((process) =>
        cpuRow(`CPU of ${process} for an event`, { turns: drained, process }),
      ),
      ...memoryRow('memory of event-worker, end beside 20 %', { turns: drained, process: 'event-worker' }),
    ],
    notes: [
      `${contacts.toLocaleString('en-US')} contacts, each event the next version of one. A turn is a number of events that were encoded before it: the time includes their sending, at once, by a plain kafkajs producer (the load), and ends when the worker has counted all as applied, right to 20 ms.`,
      `Ceiling: one client replays, in a database of its own, what contact-service was seen to write: ${batches.connections} pipelines of ${batches.eventsPerBatch}, no guards.`,
      'Another copy has the lease of the outbox: relaying is in no row.',
      'Beside ingest: while no worker runs ingest accepts new contacts as singles for three turns of 5 s; then ingest ends, a worker starts and drains the very same events, in three parts. What of them it drains before it is ready is in no part.',
      ...trustNotes({ ...taken, ...afterIngest }),
    ],
  };
};
