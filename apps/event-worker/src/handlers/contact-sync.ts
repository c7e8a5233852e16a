import { type ApplyResult, SourceEnvelope, type SourceEvent } from '@contact-sync/domain';
import {
  deadLetter,
  defineHandler,
  done,
  type FailureStage,
  type Handler,
  type Outcome,
  refuseBatch,
  retryLater,
  sourceEventContracts,
} from '@contact-sync/kafka';
import { compileCheck } from '@contact-sync/service-kit';
import type { ContactApplier } from '../ports.ts';

const checkEnvelope = compileCheck(SourceEnvelope);

const stageOf: Readonly<Record<string, FailureStage>> = { INVALID_EVENT: 'validate', MAPPING_FAILED: 'map' };

const toOutcome = (result: ApplyResult): Outcome => {
  if ('fate' in result) return done(result.fate, result.version);
  const { code, pointer } = result;
  const failure = { stage: stageOf[code] ?? 'apply', code, ...(pointer !== undefined && { pointer }) };
  return result.retryable ? retryLater(failure) : deadLetter(failure);
};

/** One event at fault would have contact-service refuse the whole batch, so what shows here is set aside before. */
const faultOf = (event: SourceEvent): Outcome | null => {
  const [first] = checkEnvelope(event);
  return first ? deadLetter({ stage: 'validate', code: 'INVALID_EVENT', pointer: first.pointer }) : null;
};

/**
 * Carries AcmeCRM's events to contact-service, which maps and decides (design rule 2). The outcome of each item is its
 * own; a batch that is refused whole is handed back to be halved; a fault of the whole call is thrown and the partition
 * waits (rule 8).
 */
export const contactSyncHandler = (applier: ContactApplier): Handler<SourceEvent> =>
  defineHandler<SourceEvent>(sourceEventContracts, async (records, { signal }) => {
    const faults = records.map(({ value }) => faultOf(value));
    const sound = records.filter((_, index) => faults[index] === null);
    const events = sound.map(({ value }) => value);
    const traces = sound.map(({ traceparent }) => traceparent);
    const answer = events.length === 0 ? { results: [] } : await applier.apply(events, signal, traces);
    if ('refused' in answer) return refuseBatch({ stage: 'validate', ...answer.refused });
    const outcomes = answer.results.map(toOutcome)[Symbol.iterator]();
    return faults.map((fault) => {
      const next = fault ?? outcomes.next().value;
      if (!next) throw new Error('contact-service answered with fewer results than events');
      return next;
    });
  });
