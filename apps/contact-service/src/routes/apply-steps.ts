import type { ApplyResult } from '@contact-sync/domain';
import { beginStep, noteTraces } from '@contact-sync/service-kit';

const idOf = (item: unknown): string =>
  typeof item === 'object' && item !== null && 'eventId' in item ? String(item.eventId) : '';

/** Applies a batch with a step in the trace of each event; what is written for an event goes on its trace. */
export const applyInSteps = async (
  items: readonly unknown[],
  traceparents: readonly string[],
  apply: () => Promise<readonly ApplyResult[]>,
): Promise<readonly ApplyResult[]> => {
  const steps = items.map((item, index) =>
    beginStep('apply event', traceparents[index] || undefined, { 'messaging.message.id': idOf(item) }),
  );
  const traces = new Map(steps.map(({ traceparent = '' }, index) => [idOf(items[index]), traceparent]));
  let results: readonly ApplyResult[] = [];
  try {
    results = await noteTraces(traces, apply);
    return results;
  } finally {
    for (const [index, step] of steps.entries()) {
      const result = results[index];
      if (result && 'fate' in result) step.end({ attributes: { 'contact_sync.fate': result.fate } });
      else step.end({ error: result?.code ?? 'INTERNAL' });
    }
  }
};
