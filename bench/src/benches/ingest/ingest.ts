import type { Bench } from '../../harness/bench.ts';
import { interleave } from '../../harness/interleave.ts';
import { startLoad } from '../../harness/load.ts';
import { trustNotes } from '../../harness/notes.ts';
import { openStage, type Stage } from '../../harness/stage.ts';
import { countRecords } from '../../harness/topics.ts';
import { createContestants, openBareSends, openCeilings, pidsOf, type Tally } from './contestants.ts';
import { ingestRows, memoryRows } from './rows.ts';
import { soakUntil } from './soak.ts';

const saturatedTurns = { rounds: 3, seconds: 4, warmUpSeconds: 2 };
const steadyTurns = { rounds: 3, seconds: 5, warmUpSeconds: 2 };
const firstMark = 200_000;
const lastMark = 1_000_000;
// On a machine that is too busy the marks are not reached, and memory gets no verdict.
const firstMarkWithinSeconds = 30;
const lastMarkWithinSeconds = 60;

/** @throws {Error} when a 202 was given for an event that the broker does not have, or a partition got none. */
const assertDurable = async ({ kafkaBrokers }: Stage, tally: Tally): Promise<string> => {
  const partitions = await countRecords(kafkaBrokers, 'acme.contact.created.v1');
  const records = partitions.reduce((sum, count) => sum + count, 0);
  const text = `${tally.events} events were counted as accepted, and the broker has ${records} of them in ${partitions.length} partitions`;
  if (records < tally.events || Math.min(...partitions) === 0) throw new Error(text);
  return `${text} (the rest was under way when a turn closed its connections).`;
};

/** Durable, verified 202s of one webhook-ingest, beside what is left of it when one leaves everything out. */
export const benchIngest: Bench = async ({ cleanUp, progress }) => {
  const stage = await openStage({ cleanUp, progress });
  await stage.start('auth-service', 'webhook-ingest');
  const load = await startLoad(cleanUp);
  const ceilings = await openCeilings(stage, cleanUp);
  const bareSends = await openBareSends(stage, cleanUp);
  const tally: Tally = { events: 0 };
  const { singles, arrays, bare, lean, oneSendEach, oneIdempotentSendEach, steadyIngest, steadyBare } =
    createContestants(load, stage, ceilings, tally);
  const pids = {
    ...stage.pids(),
    ...pidsOf(ceilings),
    'bare send': bareSends.pid,
    load: load.pid,
    bench: process.pid,
  };
  const onTurn = progress.note;
  const soak = { contestant: arrays, tally, process: 'webhook-ingest', pids, onTurn };

  const early = {
    mebibytes: await soakUntil(firstMark, { ...soak, withinSeconds: firstMarkWithinSeconds }),
    events: tally.events,
  };
  const contestants = [singles, bare, lean, oneSendEach, oneIdempotentSendEach, arrays] as const;
  const saturated = await interleave(contestants, { ...saturatedTurns, pids, onTurn });
  const steady = await interleave([steadyIngest, steadyBare, bareSends], { ...steadyTurns, pids, onTurn });
  const late = {
    mebibytes: await soakUntil(lastMark, { ...soak, withinSeconds: lastMarkWithinSeconds }),
    events: tally.events,
  };

  const isWhole = early.events >= firstMark && late.events >= lastMark;
  return {
    rows: [...ingestRows(saturated, steady), ...memoryRows(early, late, isWhole)],
    notes: [
      'Bare: Fastify reads the body and answers 202. Lean: raw body, HMAC, Avro, one micro-batched kafkajs producer, one Redis command. One send each: lean with a producer.send for each request, and beside it the same with an idempotent producer, as ingest has one. Bare send: kafkajs by itself, one record of an event’s size a request, acks=all, at 1,000/s.',
      '100 connections (arrays: 20), one process each. Every event is new and signed just before its turn, so the dedupe window never answers; any status but 202 ends the bench.',
      await assertDurable(stage, tally),
      ...(isWhole ? [] : [`Memory has no verdict: ${lastMark} events were not reached in the time given.`]),
      ...trustNotes({
        ...saturated,
        'steady ingest': steady['webhook-ingest'],
        'steady bare': steady.bare,
        'steady bare send': steady['bare send'],
      }),
    ],
  };
};
