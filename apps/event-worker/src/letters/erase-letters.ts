import { untilIndexed, writeDecisions } from './decide-letters.ts';
import type { DiscardPorts } from './discard-letters.ts';
import { letterStates } from './letter.ts';

const atOnce = 500;

/**
 * Takes everything out of the index that is of a contact (design section 4, erasure), for good: an index that is made anew
 * leaves it out as well. The bytes go with the retention of their topics. Gives how many letters that were.
 *
 * @throws {AppError} retryable; repeating is harmless.
 */
export const eraseLetters = async (ports: DiscardPorts, contactId: string): Promise<number> => {
  let erased = 0;
  for (const state of letterStates) {
    for (let after: string | undefined, isFirst = true; isFirst || after !== undefined; isFirst = false) {
      const page = await ports.index.list({
        filter: { contactId, state },
        order: 'oldest',
        limit: atOnce,
        ...(after !== undefined && { after }),
      });
      const decision = { kind: 'erased', at: ports.now(), by: 'erasure', reason: 'erased' } as const;
      const receipts = await writeDecisions(
        ports,
        page.entries.map((entry) => ({ entry, decision })),
      );
      await untilIndexed(ports.index, receipts);
      erased += page.entries.length;
      after = page.next;
    }
  }
  if (erased > 0) await ports.audit.add({ at: ports.now(), by: 'erasure', action: 'erase', letters: erased });
  return erased;
};
