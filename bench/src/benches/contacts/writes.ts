import { workerToken } from '../../harness/access-tokens.ts';
import { type Ceiling, startCeiling } from '../../harness/ceiling.ts';
import { cpuRow } from '../../harness/cost-rows.ts';
import { rates } from '../../harness/figures.ts';
import { ratioAtLeast } from '../../harness/goal.ts';
import { type Contestant, interleave } from '../../harness/interleave.ts';
import { saturated } from '../../harness/load.ts';
import { type Row, row } from '../../harness/row.ts';
import type { Turn } from '../../harness/turn.ts';
import { contactIdOf } from '../../load/contact-events.ts';
import { batches, contactCount, type Setting } from './setting.ts';
import { openStore, type Store } from './store.ts';

const turns = { rounds: 4, seconds: 4, warmUpSeconds: 3 };
// Replays go to a database of their own: contact-service would not know its contacts again.
const replayDatabase = 3;
// Each replay has to move what the one before it wrote.
const recordedWritesEach = 2;
const longEnoughSeconds = 120;

const patches = (tokens: readonly string[]) => ({ tokens, contacts: contactCount, method: 'PATCH' as const });

/** Has the ceiling record what contact-service writes while `act` has it write each contact once. */
const recordInto = async (ceiling: Ceiling, redisUrl: string, act: () => Promise<unknown>): Promise<void> => {
  await ceiling.ask('record', redisUrl);
  for (let write = 0; write < recordedWritesEach; write += 1) await act();
  await ceiling.ask('finishRecording', recordedWritesEach * contactCount);
};

/** The ceiling of PATCH and that of apply, each with what contact-service has just written for the like. */
const openCeilings = async (
  setting: Setting,
  replay: Store,
): Promise<{ script: Ceiling; pipeline: Ceiling; scriptUrl: string }> => {
  const { stage, cleanUp, load, tokens, url } = setting;
  const [script, pipeline] = [
    await startCeiling(cleanUp, 'contact-service'),
    await startCeiling(cleanUp, 'contact-service'),
  ];
  const token = await workerToken(stage);
  const ids = Array.from({ length: contactCount }, (_, number) => contactIdOf(number));
  await script.ask('learnAnswers', { url, token: tokens[0] ?? '', ids });
  let version = 1;
  await recordInto(pipeline, stage.redisUrl, () => {
    version += 1;
    const options = { url, token, contacts: contactCount, seconds: longEnoughSeconds, upToVersion: version };
    return load.ask('applyBatches', { ...batches, ...options });
  });
  await recordInto(script, stage.redisUrl, () =>
    load.ask('onEach', { url, connections: 20, expectedStatus: 200, requests: patches(tokens) }),
  );
  await pipeline.ask('openPipeline', replay.url);
  return { script, pipeline, scriptUrl: await script.ask('scriptPatches', replay.url) };
};

/** Nobody relays, so what the turns before have left in the outbox goes first. */
const withEmptyOutbox = <const Name extends string>(
  contestant: Contestant & { readonly name: Name },
  store: Store,
): Contestant & { readonly name: Name } => ({
  ...contestant,
  prepare: async (seconds: number) => {
    await store.trimOutbox();
    await contestant.prepare?.(seconds);
  },
});

const contestantsOf = async (setting: Setting, replay: Store) => {
  const { stage, load, tokens, url, store } = setting;
  const { script, pipeline, scriptUrl } = await openCeilings(setting, replay);
  const token = await workerToken(stage);
  const patch = {
    expectedStatus: 200,
    guess: 8_000,
    source: (requests: number) =>
      ({ ...patches(tokens), kind: 'contacts', reusable: false, requests }) as const,
  };
  const apply = { ...batches, url, token, contacts: contactCount };
  const pipelined = { writesPerBatch: batches.eventsPerBatch, batches: batches.connections };
  return {
    pids: { script: script.pid, pipeline: pipeline.pid },
    contestants: [
      withEmptyOutbox(saturated(load, { ...patch, name: 'PATCH', url }), store),
      withEmptyOutbox(saturated(load, { ...patch, name: 'EVALSHA', url: scriptUrl }), replay),
      withEmptyOutbox(
        { name: 'apply', work: (seconds) => load.ask('applyBatches', { ...apply, seconds }) },
        store,
      ),
      withEmptyOutbox(
        { name: 'pipelined', work: (seconds) => pipeline.ask('pipelineWrites', { ...pipelined, seconds }) },
        replay,
      ),
    ] as const,
  };
};

export type Writes = {
  readonly rows: readonly Row[];
  readonly turns: Readonly<Record<string, readonly Turn[]>>;
};

/** Edits and events, beside the script that writes the same. */
export const measureWrites = async (setting: Setting): Promise<Writes> => {
  const { stage, cleanUp, note, load } = setting;
  const replay = await openStore(stage.redisUrl, replayDatabase, cleanUp);
  const { contestants, pids } = await contestantsOf(setting, replay);
  const taken = await interleave(contestants, {
    ...turns,
    pids: { ...stage.pids(), ...pids, load: load.pid, bench: process.pid },
    onTurn: note,
  });
  await replay.empty();
  const service = 'contact-service';
  return {
    turns: taken,
    rows: [
      row({
        name: 'PATCH, beside one EVALSHA of the same writes',
        unit: '1/s',
        values: rates(taken.PATCH),
        ceilings: rates(taken.EVALSHA),
        goal: ratioAtLeast(0.6),
      }),
      row({
        name: 'events by apply, beside the same script pipelined',
        unit: '1/s',
        values: rates(taken.apply),
        ceilings: rates(taken.pipelined),
        goal: ratioAtLeast(0.5),
      }),
      ...cpuRow(
        'CPU of contact-service for a PATCH',
        { turns: taken.PATCH, process: service },
        { turns: taken.EVALSHA, process: 'script' },
      ),
      ...cpuRow(
        'CPU of contact-service for an event',
        { turns: taken.apply, process: service },
        { turns: taken.pipelined, process: 'pipeline' },
      ),
      ...cpuRow(
        'CPU of Redis for a PATCH',
        { turns: taken.PATCH, process: 'redis' },
        { turns: taken.EVALSHA, process: 'redis' },
      ),
      ...cpuRow(
        'CPU of Redis for an event',
        { turns: taken.apply, process: 'redis' },
        { turns: taken.pipelined, process: 'redis' },
      ),
    ],
  };
};
