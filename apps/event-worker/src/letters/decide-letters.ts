import { setTimeout as delay } from 'node:timers/promises';
import type { Producer, Receipt } from '@contact-sync/kafka';
import { decisionRecord } from './decision-record.ts';
import type { Decision, KnownEntry } from './letter.ts';
import type { LetterIndex } from './ports.ts';

export type DecisionPorts = {
  readonly producer: Pick<Producer, 'sendRaw'>;
  readonly index: Pick<LetterIndex, 'position'>;
};

/** A decision about a letter as it stands now. */
export type Decided = { readonly entry: KnownEntry; readonly decision: Omit<Decision, 'place'> };

const indexedWithinMs = 3_000;
const lookEveryMs = 20;

/**
 * Writes decisions where the index has them from, as everything that it has.
 *
 * @throws {AppError} retryable, where one is not durable; repeating is harmless.
 */
export const writeDecisions = (
  { producer }: Pick<DecisionPorts, 'producer'>,
  decided: readonly Decided[],
): Promise<Receipt[]> =>
  Promise.all(
    decided.map(({ entry: { id, letter }, decision }) =>
      producer.sendRaw(decisionRecord(id, { ...decision, place: letter.place })),
    ),
  );

const covers = async (index: DecisionPorts['index'], receipts: readonly Receipt[]): Promise<boolean> => {
  const { places } = await index.position();
  return receipts.every((receipt) =>
    places.some(
      ({ topic, partition, offset }) =>
        topic === receipt.topic && partition === receipt.partition && BigInt(offset) > BigInt(receipt.offset),
    ),
  );
};

/** Waits until the index shows what was written, so that whoever reads next finds it; not for ever where it is behind. */
export const untilIndexed = async (
  index: DecisionPorts['index'],
  receipts: readonly Receipt[],
): Promise<void> => {
  const end = performance.now() + indexedWithinMs;
  while (performance.now() < end && !(await covers(index, receipts))) await delay(lookEveryMs);
};
