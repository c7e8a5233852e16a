import type { LogReader } from '@contact-sync/kafka';
import { placesToRead } from './keep-index.ts';
import type { LetterIndex } from './ports.ts';

/** How many records of the topics the index has not read yet. Throws retryable `AppError`s alone. */
export const recordsBehind = async (
  index: Pick<LetterIndex, 'position'>,
  reader: Pick<LogReader, 'bounds'>,
  topics: readonly string[],
): Promise<number> => {
  const [bounds, { places }] = await Promise.all([reader.bounds(topics), index.position()]);
  return placesToRead(bounds, places).reduce((sum, { offset }, at) => {
    const left = BigInt(bounds[at]?.end ?? offset) - BigInt(offset);
    return sum + Math.max(0, Number(left));
  }, 0);
};
