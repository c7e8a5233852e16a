import type { SourceEvent } from '@contact-sync/domain';
import type { OutcomeRecorder } from '@contact-sync/kafka';
import type { FateStore } from './fate-store.ts';
import { toFateRecord } from './to-fate-record.ts';

/** Keeps what became of each event before its offset is committed (design section 3, "Fates"): one write a batch. */
export const createFateRecorder = (store: Pick<FateStore, 'record'>): OutcomeRecorder<SourceEvent> => ({
  record: (outcomes) => store.record(outcomes.flatMap((outcome) => toFateRecord(outcome) ?? [])),
});
