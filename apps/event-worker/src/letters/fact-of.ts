import { AppError } from '@contact-sync/domain';
import { type Codec, type LogRecord, type QuarantinedDelivery, webhookQuarantine } from '@contact-sync/kafka';
import { readDecision } from './decision-record.ts';
import type { Fact } from './facts.ts';
import { readLetter } from './read-letter.ts';
import { readQuarantined } from './read-quarantined.ts';

/**
 * A quarantined delivery; undefined where the record can never be read.
 *
 * @throws {AppError} retryable, while the registry is away.
 */
export const deliveryOf = async (
  codec: Pick<Codec, 'decode'>,
  record: LogRecord,
): Promise<QuarantinedDelivery | undefined> => {
  try {
    return await codec.decode(webhookQuarantine, record.value);
  } catch (error) {
    if (error instanceof AppError && error.retryable) throw error;
    return undefined;
  }
};

/**
 * What a record of one of the topics of letters, or of `decisions`, tells; undefined for one that tells nothing. Throws as
 * {@link deliveryOf} does.
 */
export const factOf = async (
  codec: Pick<Codec, 'decode'>,
  record: LogRecord,
  decisions: string,
): Promise<Fact | undefined> => {
  if (record.topic === decisions) {
    const decided = readDecision(record);
    return decided && { kind: 'decision', ...decided };
  }
  if (record.topic !== webhookQuarantine.topic) return { kind: 'letter', letter: readLetter(record) };
  return { kind: 'letter', letter: readQuarantined(record, await deliveryOf(codec, record)) };
};
