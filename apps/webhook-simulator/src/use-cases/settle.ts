import { AppError } from '@contact-sync/domain';
import { decisiveEvent, type Evidence } from '../domain/oracle/evidence.ts';
import type { ContactReader } from '../ports.ts';
import { eachAtOnce } from './each-at-once.ts';
import type { Patience } from './persistently.ts';

const READS_AT_ONCE = 8;
const PAUSE_MS = 100;

const isSettled = async (evidence: Evidence, reader: Pick<ContactReader, 'acme'>): Promise<boolean> => {
  const decisive = decisiveEvent(evidence);
  if (!decisive) return true;
  try {
    return ((await reader.acme(evidence.contactId))?.sourceVersion ?? 0) >= decisive.version;
  } catch (error) {
    if (error instanceof AppError && error.retryable) return false;
    throw error;
  }
};

/**
 * Waits until every contact shows its highest accepted version, or the deadline. Tells after each round how many do,
 * and at the end whether all do.
 */
export const settle = async (
  all: readonly Evidence[],
  reader: Pick<ContactReader, 'acme'>,
  { clock, deadline, signal }: Patience,
  onProgress: (settled: number) => void,
): Promise<boolean> => {
  let open = all;
  for (;;) {
    const settled = await eachAtOnce(open, READS_AT_ONCE, (evidence) => isSettled(evidence, reader));
    open = open.filter((_, index) => !settled[index]);
    onProgress(all.length - open.length);
    if (open.length === 0) return true;
    if (clock.now() + PAUSE_MS > deadline) return false;
    await clock.wait(PAUSE_MS, signal);
  }
};
