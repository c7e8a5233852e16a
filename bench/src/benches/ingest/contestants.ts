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

/** The routes that ingest stands beside, each in a process of its own. */
export const openCeilings = async (stage: Stage, cleanUp: AsyncDisposableStack) => {
  const lean = {
    brokers: stage.kafkaBrokers,
    registryUrl: stage.registryUrl,
    redisUrl: stage.redisUrl,
    secret: stage.acmeSecret,
  };
  await createTopics(stage.kafkaBrokers, [
    'bench.lean',
    'bench.one-send-each',
    'bench.one-idempotent-send-each',
  ]);
  const [bare, batched, single, guarded] = [
    await startCeiling(cleanUp, 'webhook-ingest'),
    await startCeiling(cleanUp, 'webhook-ingest'),
    await startCeiling(cleanUp, 'webhook-ingest'),
    await startCeiling(cleanUp, 'webhook-ingest'),
  ];
  const pids: Pids = {
    bare: bare.pid,
    lean: batched.pid,
    'one send each': single.pid,
    'one idempotent send each': guarded.pid,
  };
  return {
    pids,
    urls: {
      bare: await bare.ask('bareIngest'),
      lean: await batched.ask('leanIngest', { ...lean, topic: 'bench.lean', publish: 'micro-batched' }),
      'one send each': await single.ask('leanIngest', {
        ...lean,
        topic: 'bench.one-send-each',
        publish: 'one send each',
      }),
      'one idempotent send each': await guarded.ask('leanIngest', {
        ...lean,
        topic: 'bench.one-idempotent-send-each',
        publish: 'one send each',
        idempotent: true,
      }),
    },
  };
};

type Urls = Awaited<ReturnType<typeof openCeilings>>['urls'];

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
export const createContestants = (load: Load, stage: Stage, urls: Urls, tally: Tally) => {
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
  return {
    singles: counted(saturated(load, ingest), tally),
    arrays: counted(saturated(load, arrays), tally),
    bare: saturated(load, { ...repeating, name: 'bare', url: urls.bare }),
    lean: saturated(load, { ...single, name: 'lean', url: urls.lean }),
    oneSendEach: saturated(load, { ...single, name: 'one send each', url: urls['one send each'] }),
    oneIdempotentSendEach: saturated(load, {
      ...single,
      name: 'one idempotent send each',
      url: urls['one idempotent send each'],
    }),
    steadyIngest: counted(steady(load, { ...ingest, perSecond: steadyPerSecond }), tally),
    steadyBare: steady(load, { ...single, name: 'bare', url: urls.bare, perSecond: steadyPerSecond }),
  };
};
