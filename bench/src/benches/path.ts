import { logIn } from '../harness/access-tokens.ts';
import type { Bench } from '../harness/bench.ts';
import { type Ceiling, startCeiling } from '../harness/ceiling.ts';
import { cpuRow, memoryRow } from '../harness/cost-rows.ts';
import { latencies } from '../harness/figures.ts';
import { ratioAtMost } from '../harness/goal.ts';
import { interleave, type Turns } from '../harness/interleave.ts';
import { type Load, startLoad } from '../harness/load.ts';
import { trustNotes } from '../harness/notes.ts';
import { type Row, row } from '../harness/row.ts';
import { openStage, type Stage } from '../harness/stage.ts';
import { createTopics } from '../harness/topics.ts';

const turns = { rounds: 4, seconds: 10, warmUpSeconds: 4 };
const perSecond = 300;
const contacts = 400;
const watchEvery = 8;
const poisonEvery = 100;
const fullTier = 10_000;
const topic = 'bench.round-trip';
// What an event takes as Avro, about.
const recordBytes = 600;

const openLoad = async (stage: Stage, waiting: number, cleanUp: AsyncDisposableStack) => {
  const load = await startLoad(cleanUp);
  await load.ask('openPath', {
    ingestUrl: stage.urlOf('webhook-ingest'),
    contactUrl: stage.urlOf('contact-service'),
    secret: stage.acmeSecret,
    token: await logIn(stage),
    contacts,
    watchEvery,
    brokers: stage.kafkaBrokers,
    registryUrl: stage.registryUrl,
    workerOpsUrl: stage.opsUrlOf('event-worker'),
    contactOpsUrl: stage.opsUrlOf('contact-service'),
    waiting,
  });
  return load;
};

const openRoundTrip = async ({ kafkaBrokers: brokers }: Stage, cleanUp: AsyncDisposableStack) => {
  await createTopics(brokers, [topic]);
  const ceiling = await startCeiling(cleanUp, 'webhook-ingest');
  await ceiling.ask('openRoundTrip', { brokers, topic, bytes: recordBytes });
  return ceiling;
};

/** Each begins when nothing is left of the trouble of another's turn. */
const contestantsOf = (load: Load, ceiling: Ceiling) => {
  const prepare = () => load.ask('untilCalm');
  return [
    { name: 'path', prepare, work: (seconds: number) => load.ask('followUpdates', { perSecond, seconds }) },
    {
      name: 'round trip',
      prepare,
      work: (seconds: number) => ceiling.ask('roundTrip', { perSecond, seconds }),
    },
    {
      name: 'in trouble',
      prepare: async (seconds: number) => {
        await prepare();
        await load.ask('fillTier', seconds);
      },
      work: (seconds: number) => load.ask('followUpdatesInTrouble', { perSecond, seconds, poisonEvery }),
    },
  ] as const;
};

type Taken = Turns<'path' | 'round trip' | 'in trouble'>;

const latencyRows = (taken: Taken): Row[] => {
  const beside = (q: number, subject: keyof Taken, ceiling: keyof Taken) => ({
    unit: 'ms',
    values: latencies(taken[subject], q),
    ceilings: latencies(taken[ceiling], q),
  });
  const calm = (q: number) => beside(q, 'path', 'round trip');
  const troubled = (q: number) => beside(q, 'in trouble', 'path');
  return [
    row({ name: 'send → visible, p50', ...calm(0.5), goal: ratioAtMost(5) }),
    row({ name: 'send → visible, p95', ...calm(0.95) }),
    row({ name: 'send → visible, p99', ...calm(0.99), goal: ratioAtMost(5) }),
    row({ name: 'in trouble, p50, beside without', ...troubled(0.5) }),
    row({ name: 'in trouble, p99, beside without', ...troubled(0.99), goal: ratioAtMost(2) }),
  ];
};

const costRows = (taken: Taken): Row[] => {
  const services = ['webhook-ingest', 'event-worker', 'contact-service'];
  return [
    ...[...services, 'kafka', 'redis', 'load'].flatMap((process) =>
      cpuRow(
        `CPU of ${process} for an event`,
        { turns: taken.path, process },
        { turns: taken['round trip'], process },
      ),
    ),
    ...cpuRow(
      'CPU of event-worker in trouble, beside without',
      { turns: taken['in trouble'], process: 'event-worker' },
      { turns: taken.path, process: 'event-worker' },
    ),
    ...services.flatMap((process) =>
      memoryRow(`memory of ${process}, end beside 20 %`, { turns: taken.path, process }),
    ),
  ];
};

/**
 * From the sending of a signed webhook until a read shows it, beside kafkajs's own produce → consume round trip; then the
 * sound ones among poison and beside a full retry tier.
 */
export const benchPath: Bench = async ({ cleanUp, progress, scale: waiting = fullTier }) => {
  const stage = await openStage({ cleanUp, progress });
  await stage.start('auth-service', 'contact-service', 'webhook-ingest', 'event-worker');
  const load = await openLoad(stage, waiting, cleanUp);
  const ceiling = await openRoundTrip(stage, cleanUp);
  const taken = await interleave(contestantsOf(load, ceiling), {
    ...turns,
    pids: { ...stage.pids(), load: load.pid, ceiling: ceiling.pid, bench: process.pid },
    onTurn: progress.note,
  });
  return {
    rows: [...latencyRows(taken), ...costRows(taken)],
    notes: [
      "In rows of CPU the ceiling is what the same process used meanwhile in the round trip's turns: Kafka for that, the others for being there.",
      `${perSecond} events/s, updates of ${contacts} contacts. Ceiling: one kafkajs process that produces records of ${recordBytes} bytes at that rate, one send each, and consumes them.`,
      `Visible: GET /api/v1/contacts/{id}/acme at contact-service shows the version, asked from the 202 on, precise to 1 ms or a tenth. Every ${watchEvery}th event is watched; these reads are in contact-service's CPU.`,
      `A quantile is of one round's ${(perSecond * turns.seconds) / watchEvery} watched events, then the median of the rounds: p99 rests on few events.`,
      `In trouble: one event in ${poisonEvery} is poison, in turns an event that contradicts a version which is there and half of a record's bytes on the topic, each of which was counted as a dead letter; ${waiting.toLocaleString('en-US')} records wait on the last retry tier and come due as if they had come there evenly. What is left of them at the end of the turn comes due in nobody's turn.`,
      ...trustNotes(taken),
    ],
  };
};
