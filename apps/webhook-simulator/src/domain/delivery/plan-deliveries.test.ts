import type { RunRequest } from '@contact-sync/api-contracts';
import { describe, expect, it } from 'vitest';
import { resolveOptions } from '../run-options.ts';
import { generateScenario } from '../scenario/generate-scenario.ts';
import { bodyOf, type Delivery } from './delivery.ts';
import { planDeliveries } from './plan-deliveries.ts';

const planOf = (request: RunRequest) => {
  const resolved = resolveOptions(request);
  if ('faults' in resolved) throw new Error(JSON.stringify(resolved.faults));
  const { options } = resolved;
  const scenario = generateScenario({ options, runId: 'r1', startedAt: Date.UTC(2026, 0, 1) });
  return { scenario, plan: planDeliveries(scenario, options), again: planDeliveries(scenario, options) };
};

const indexOfFirst = (plan: readonly Delivery[], id: string) =>
  plan.findIndex(({ kind, event }) => kind === 'first' && event.webhook.id === id);

describe('planDeliveries', () => {
  it('sends every event once, the asked share twice, and what is planted', () => {
    const { scenario, plan } = planOf({ events: 400, duplicates: 0.25, badSignatures: 2, malformed: 3 });
    const kinds = Object.groupBy(plan, ({ kind }) => kind);
    const ids = scenario.contacts.flatMap(({ events }) => events.map(({ webhook }) => webhook.id));
    expect(kinds.first?.map(({ event }) => event.webhook.id).toSorted()).toEqual(ids.toSorted());
    expect([kinds.repeat?.length, kinds.badSignature?.length, kinds.malformed?.length]).toEqual([100, 2, 3]);
  });

  it('is a function of scenario and options', () => {
    const { plan, again } = planOf({ seed: 11 });
    expect(again).toEqual(plan);
  });

  it('repeats an event only after its first delivery, with the same body', () => {
    const { plan } = planOf({ duplicates: 0.5, deleteBeforeCreate: 10 });
    for (const [index, delivery] of plan.entries()) {
      if (delivery.kind !== 'repeat') continue;
      const first = indexOfFirst(plan, delivery.event.webhook.id);
      expect(first).toBeLessThan(index);
      expect(bodyOf(delivery)).toBe(bodyOf(plan[first] ?? delivery));
    }
  });

  it('keeps the order of a contact with no window and breaks it with one', () => {
    const inversions = (reorderWindow: number) => {
      const { plan } = planOf({ contacts: 20, events: 400, reorderWindow, deleteBeforeCreate: 0 });
      const highest = new Map<string, number>();
      return plan.filter(({ kind, event }) => {
        if (kind !== 'first') return false;
        const before = highest.get(event.contactId) ?? 0;
        highest.set(event.contactId, Math.max(before, event.version));
        return event.version < before;
      }).length;
    };
    expect(inversions(0)).toBe(0);
    expect(inversions(50)).toBeGreaterThan(20);
  });

  it('sends the delete of a delete-first contact before everything else of it', () => {
    const { scenario, plan } = planOf({ deleteBeforeCreate: 20, duplicates: 0.5, reorderWindow: 100 });
    const early = scenario.contacts.filter(({ kind }) => kind === 'deleteFirst');
    expect(early).toHaveLength(20);
    for (const { contactId } of early) {
      const [first] = plan.filter(
        ({ kind, event }) => event.contactId === contactId && (kind === 'first' || kind === 'repeat'),
      );
      expect(first?.event.webhook.event).toBe('contact.deleted');
    }
  });

  it('plants only versions that AcmeCRM never had, and malformed bodies that are no JSON', () => {
    const { scenario, plan } = planOf({ badSignatures: 5, malformed: 5 });
    const highest = new Map(scenario.contacts.map(({ contactId, events }) => [contactId, events.length]));
    for (const delivery of plan) {
      if (delivery.kind === 'first' || delivery.kind === 'repeat') continue;
      expect(delivery.event.version).toBeGreaterThan(highest.get(delivery.event.contactId) ?? 0);
      if (delivery.kind === 'malformed') expect(() => JSON.parse(bodyOf(delivery))).toThrow(SyntaxError);
    }
  });
});
