import { type Codec, type LogReader, type LogRecord, type Producer, replayOf } from '@contact-sync/kafka';
import { type Decided, writeDecisions } from '../letters/decide-letters.ts';
import { deliveryOf } from '../letters/fact-of.ts';
import { type KnownEntry, maxReplays, replaysOf } from '../letters/letter.ts';
import { ladderOf } from '../letters/letter-topics.ts';
import { readRecords } from '../letters/read-records.ts';
import type { DeliveryReplayer } from './ports.ts';

export type SendPorts = {
  readonly reader: Pick<LogReader, 'read'>;
  readonly codec: Pick<Codec, 'decode'>;
  readonly producer: Pick<Producer, 'sendRaw'>;
  readonly ingest: DeliveryReplayer;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
};

export type Sending = { readonly replayId: string; readonly by: string; readonly reason: string };

/** What became of some letters; counts. */
export type Sent = {
  readonly sent: number;
  readonly refused: number;
  readonly parked: number;
  readonly gone: number;
};

type Found = { readonly entry: KnownEntry; readonly record: LogRecord };

/** Whether the record is as it came: some letters had to go without their bytes. */
const isWhole = ({ entry, record }: Found): boolean =>
  record.value !== null && entry.letter.omitted === undefined;

/** Into the first tier, in order: records of one key stay in it. */
const sendLetters = async (ports: SendPorts, found: readonly Found[], replayId: string): Promise<void> => {
  await Promise.all(
    found.map(({ entry, record: { key, value, headers } }) =>
      ports.producer.sendRaw(
        replayOf(
          { key, value, headers },
          {
            ladder: ladderOf(entry.letter),
            replay: { id: replayId, count: replaysOf(entry) + 1 },
            now: ports.now(),
          },
        ),
      ),
    ),
  );
};

/** Through ingest, one after the other; whether it was taken. */
const sendDelivery = async (ports: SendPorts, { record }: Found): Promise<boolean> => {
  const delivery = await deliveryOf(ports.codec, record);
  if (delivery === undefined) return false;
  const results = await ports.ingest.replay(delivery, { dryRun: false });
  return results.every(({ status }) => status !== 'refused');
};

/**
 * Sends letters on their way again, in their order, and notes with each that it was. What was sent and not noted is sent
 * again by a repeat: it finds what was (design rule 2).
 *
 * @throws {AppError} retryable.
 */
export const sendAgain = async (
  ports: SendPorts,
  entries: readonly KnownEntry[],
  { replayId, by, reason }: Sending,
): Promise<Sent> => {
  const parked = entries.filter((entry) => replaysOf(entry) >= maxReplays);
  const meant = entries.filter((entry) => replaysOf(entry) < maxReplays);
  const recordAt = await readRecords(
    ports.reader,
    meant.map(({ letter }) => letter.place),
  );
  const found = meant
    .flatMap((entry) => {
      const record = recordAt(entry.letter.place);
      return record === undefined ? [] : [{ entry, record }];
    })
    .filter(isWhole);
  const letters = found.filter(({ entry }) => entry.letter.kind === 'dead-letter');
  await sendLetters(ports, letters, replayId);
  const decided = (entry: KnownEntry, isTaken: boolean): Decided => ({
    entry,
    decision: isTaken
      ? { kind: 'replayed', at: ports.now(), by, reason, replayId }
      : { kind: 'returned', at: ports.now(), by, reason, replayId, replays: replaysOf(entry) + 1 },
  });
  await writeDecisions(
    ports,
    letters.map(({ entry }) => decided(entry, true)),
  );
  let refused = 0;
  for (const one of found.filter(({ entry }) => entry.letter.kind === 'quarantined')) {
    const isTaken = await sendDelivery(ports, one);
    await writeDecisions(ports, [decided(one.entry, isTaken)]);
    if (!isTaken) refused += 1;
  }
  return {
    sent: found.length - refused,
    refused,
    parked: parked.length,
    gone: meant.length - found.length,
  };
};
