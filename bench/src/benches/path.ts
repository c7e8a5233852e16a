import { logIn } from '../harness/access-tokens.ts';
import type { Bench } from '../harness/bench.ts';
import { startCeiling } from '../harness/ceiling.ts';
import { cpuRow, memoryRow } from '../harness/cost-rows.ts';
import { latencies } from '../harness/figures.ts';
import { interleave } from '../harness/interleave.ts';
import { startLoad } from '../harness/load.ts';
import { trustNotes } from '../harness/notes.ts';
import { row } from '../harness/row.ts';
import { openStage, type Stage } from '../harness/stage.ts';
import { createTopics } from '../harness/topics.ts';

const turns = { rounds: 4, seconds: 10, warmUpSeconds: 4 };
const perSecond = 200;
const contacts = 400;
const watchEvery = 8;
const topic = 'bench.round-trip';
// What an event takes as Avro, about.
const recordBytes = 600;

const quantiles = { p50: 0.5, p95: 0.95, p99: 0.99 };

const openLoad = async (stage: Stage, cleanUp: AsyncDisposableStack) => {
  const load = await startLoad(cleanUp);
  await load.ask('openVisibility', {
    ingestUrl: stage.urlOf('webhook-ingest'),
    contactUrl: stage.urlOf('contact-service'),
    secret: stage.acmeSecret,
    token: await logIn(stage),
    contacts,
    watchEvery,
  });
  return load;
};

const openRoundTrip = async ({ kafkaBrokers: brokers }: Stage, cleanUp: AsyncDisposableStack) => {
  await createTopics(brokers, [topic]);
  const ceiling = await startCeiling(cleanUp, 'webhook-ingest');
  await ceiling.ask('openRoundTrip', { brokers, topic, bytes: recordBytes });
  return ceiling;
};

/** From the sending of a signed webhook until a read shows it, beside kafkajs's own produce → consume round trip. */
export const benchPath: Bench = async ({ cleanUp, progress }) => {
  const stage = await openStage({ cleanUp, progress });
  await stage.start('auth-service', 'contact-service', 'webhook-ingest', 'event-worker');
  const load = await openLoad(stage, cleanUp);
  const ceiling = await openRoundTrip(stage, cleanUp);
  const taken = await interleave(
    [
      { name: 'path', work: (seconds) => load.ask('followUpdates', { perSecond, seconds }) },
      { name: 'round trip', work: (seconds) => ceiling.ask('roundTrip', { perSecond, seconds }) },
    ],
    {
      ...turns,
      pids: { ...stage.pids(), load: load.pid, ceiling: ceiling.pid, bench: process.pid },
      onTurn: progress.note,
    },
  );
  const [subject, raw] = [taken.path, taken['round trip']];
  const services = ['webhook-ingest', 'event-worker', 'contact-service', 'kafka', 'redis', 'load'];
  return {
    rows: [
      ...Object.entries(quantiles).map(([name, q]) =>
        row({
          name: `send → visible, ${name}`,
          unit: 'ms',
          values: latencies(subject, q),
          ceilings: latencies(raw, q),
        }),
      ),
      ...services.flatMap((process) =>
        cpuRow(`CPU of ${process} for an event`, { turns: subject, process }, { turns: raw, process }),
      ),
      ...services
        .slice(0, 3)
        .flatMap((process) =>
          memoryRow(`memory of ${process}, end beside 20 %`, { turns: subject, process }),
        ),
    ],
    notes: [
      "In rows of CPU the ceiling is what the same process used meanwhile in the round trip's turns: Kafka for that, the others for being there.",
      `${perSecond} events/s, updates of ${contacts} contacts. Ceiling: one kafkajs process that produces records of ${recordBytes} bytes at that rate, one send each, and consumes them.`,
      `Visible: GET /api/v1/contacts/{id}/acme at contact-service shows the version, asked from the 202 on, precise to 1 ms or a tenth. Every ${watchEvery}th event is watched; these reads are in contact-service's CPU.`,
      `A quantile is of one round's ${(perSecond * turns.seconds) / watchEvery} watched events, then the median of the rounds: p99 rests on few events.`,
      ...trustNotes(taken),
    ],
  };
};
