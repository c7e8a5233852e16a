import { startCeiling } from '../../harness/ceiling.ts';
import type { Contestant } from '../../harness/interleave.ts';
import { type Load, saturated, steady, type Target } from '../../harness/load.ts';
import type { Pids } from '../../harness/process-usage.ts';
import type { Stage } from '../../harness/stage.ts';
import { createTopics } from '../../harness/topics.ts';

const eventsPerArray = 50;
// With 100 the answers under way at a turn's end, which nobody counts, would be a good part of all.
const arrayConnections = 20;
const steadyPerSecond = 1_000;
const sendsTopic = 'bench.sends';
/** As much as one event in Avro takes. */
const recordBytes = 400;

/** The routes that ingest stands beside, each in a process of its own. */
export const openCeilings = async (stage: Stage, cleanUp: AsyncDisposableStack) => {
  const start = () => startCeiling(cleanUp, 'webhook-ingest');
  const openBare = async () => {
    const ceiling = await start();
    return { pid: ceiling.pid, url: await ceiling.ask('bareIngest') };
  };
  const openLean = async (
    topic: string,
    options: { readonly publish: 'micro-batched' | 'one send each'; readonly idempotent?: boolean },
  ) => {
    await createTopics(stage.kafkaBrokers, [topic]);
    const ceiling = await start();
    const url = await ceiling.ask('leanIngest', {
      brokers: stage.kafkaBrokers,
      registryUrl: stage.registryUrl,
      redisUrl: stage.redisUrl,
      secret: stage.acmeSecret,
      topic,
      ...options,
    });
    return { pid: ceiling.pid, url };
  };
  return {
    bare: await openBare(),
    lean: await openLean('bench.lean', { publish: 'micro-batched' }),
    'one send each': await openLean('bench.one-send-each', { publish: 'one send each' }),
    'one idempotent send each': await openLean('bench.one-idempotent-send-each', {
      publish: 'one send each',
      idempotent: true,
    }),
  };
};

/** One bare send of kafkajs for each record, at the rate of the steady turns: the tail that the broker alone has. */
export const openBareSends = async (stage: Stage, cleanUp: AsyncDisposableStack) => {
  await createTopics(stage.kafkaBrokers, [sendsTopic]);
  const ceiling = await startCeiling(cleanUp, 'webhook-ingest');
  await ceiling.ask('openSends', { brokers: stage.kafkaBrokers, topic: sendsTopic, bytes: recordBytes });
  return {
    name: 'bare send',
    pid: ceiling.pid,
    work: (seconds: number) => ceiling.ask('sends', { perSecond: steadyPerSecond, seconds }),
  } as const;
};

type Ceilings = Awaited<ReturnType<typeof openCeilings>>;

export const pidsOf = (ceilings: Ceilings): Pids =>
  Object.fromEntries(Object.entries(ceilings).map(([name, { pid }]) => [name, pid]));

/** Events that webhook-ingest answered with 202, within turns and after their last moment. */
export type Tally = { events: number };

const counted = <Counted extends Contestant>(contestant: Counted, tally: Tally): Counted => ({
  ...contestant,
  work: async (seconds: number) => {
    const done = await contestant.work(seconds);
    tally.events += done.accepted ?? done.operations;
    return done;
  },
});

/** Everything that takes turns. Only the bare route may get a delivery twice: it remembers none. */
export const createContestants = (load: Load, stage: Stage, ceilings: Ceilings, tally: Tally) => {
  const deliveries = (eventsPerRequest: number, reusable: boolean): Target<string>['source'] => {
    return (requests) => ({
      kind: 'deliveries',
      secret: stage.acmeSecret,
      requests,
      eventsPerRequest,
      reusable,
    });
  };
  const single = { expectedStatus: 202, source: deliveries(1, false), guess: 20_000 };
  const repeating = {
    ...single,
    source: (requests: number) => deliveries(1, true)(Math.min(requests, 20_000)),
  };
  const ingest = { ...single, name: 'webhook-ingest', url: stage.urlOf('webhook-ingest') } as const;
  const arrays = {
    ...ingest,
    name: 'arrays',
    connections: arrayConnections,
    source: deliveries(eventsPerArray, false),
    guess: 1_000,
  } as const;
  const beside = <Name extends keyof Ceilings>(name: Name) =>
    saturated(load, { ...single, name, url: ceilings[name].url });
  return {
    singles: counted(saturated(load, ingest), tally),
    arrays: counted(saturated(load, arrays), tally),
    bare: saturated(load, { ...repeating, name: 'bare', url: ceilings.bare.url }),
    lean: beside('lean'),
    oneSendEach: beside('one send each'),
    oneIdempotentSendEach: beside('one idempotent send each'),
    steadyIngest: counted(steady(load, { ...ingest, perSecond: steadyPerSecond }), tally),
    steadyBare: steady(load, { ...single, name: 'bare', url: ceilings.bare.url, perSecond: steadyPerSecond }),
  };
};
