import type { LoggedDelivery } from '@contact-sync/api-contracts';
import { inOwnTrace, type TraceEnd } from '@contact-sync/service-kit';
import type { Manner } from '../domain/delivery/delivery.ts';
import type { DeliveryResult } from '../domain/delivery/result.ts';
import type { DeliveryLog } from '../ports.ts';
import { type Attempt, type DeliverDependencies, deliver, type Sendable } from './deliver.ts';

/** What a log tells of a delivery beside its attempts and its end. */
export type DeliveryFacts = Pick<LoggedDelivery, 'runId' | 'scenario' | 'eventIds' | 'acmeId' | 'target'>;

export type LoggedDependencies = Omit<DeliverDependencies, 'onAttempt'> & {
  readonly log: Pick<DeliveryLog, 'add'>;
  /** Rising with time. */
  readonly newId: () => string;
};

const MAX_ATTEMPTS_TOLD = 50;

const faultOf = ({ patienceMs, ...odd }: Manner): string => Object.keys(odd).join(' ') || 'none';

/** An attempt as the log tells of it. */
export const toldAttempt = ({
  number,
  at,
  latencyMs,
  answer,
}: Attempt): LoggedDelivery['attempts'][number] => ({
  number,
  at: new Date(at).toISOString(),
  latencyMs,
  ...(answer.kind === 'answer' && { status: answer.status }),
  ...(answer.kind === 'answer' && answer.code !== undefined && { code: answer.code }),
});

const spanFacts = ({ eventIds, runId, scenario }: DeliveryFacts) => ({
  'messaging.message.id': eventIds[0],
  'contact_sync.run.id': runId,
  'contact_sync.run.scenario': scenario,
});

const spanEnd = ({ kind, attempts }: DeliveryResult): TraceEnd => ({
  attributes: { 'contact_sync.delivery.end': kind, 'contact_sync.delivery.attempts': attempts },
  ...(kind === 'unanswered' && { error: kind }),
});

/**
 * Delivers to the end ({@link deliver}), on a trace of its own that its attempts carry, and logs that end with its attempts,
 * the first fifty of them.
 */
export const deliverLogged = async (
  sendable: Sendable,
  facts: DeliveryFacts,
  { log, newId, ...dependencies }: LoggedDependencies,
  signal: AbortSignal,
): Promise<DeliveryResult> => {
  const attempts: LoggedDelivery['attempts'] = [];
  const onAttempt = (attempt: Attempt) => {
    if (attempts.length < MAX_ATTEMPTS_TOLD) attempts.push(toldAttempt(attempt));
  };
  const id = newId();
  const result = await inOwnTrace(
    'deliver webhook',
    spanFacts(facts),
    () => deliver(sendable, { ...dependencies, onAttempt }, signal),
    spanEnd,
  );
  const { body, manner } = sendable;
  log.add({ id, ...facts, fault: faultOf(manner), state: result.kind, attempts, body });
  return result;
};
