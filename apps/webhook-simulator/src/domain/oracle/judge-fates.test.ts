import { describe, expect, it } from 'vitest';
import type { SimulatedEvent } from '../acme/event.ts';
import type { Evidence } from './evidence.ts';
import { judgeFates } from './judge-fates.ts';

const event = (version: number, more: Partial<SimulatedEvent> = {}): SimulatedEvent => ({
  acmeId: 'acme_1',
  contactId: 'c1',
  version,
  record: null,
  webhook: {
    id: `evt_${version}`,
    event: 'contact.deleted',
    timestamp: '2026-01-01T00:00:00Z',
    data: { id: 'acme_1', acme_version: version },
  },
  ...more,
});

const evidence = (...accepted: SimulatedEvent[]): Evidence[] => [
  { contactId: 'c1', acmeId: 'acme_1', accepted, uncertain: [], edits: [] },
];

const codes = (findings: ReturnType<typeof judgeFates>['findings']) =>
  findings.lost.map(({ code, eventIds }) => `${code} ${eventIds}`);

describe('judgeFates', () => {
  it('counts each accepted event by its first fate', () => {
    const known = new Map([
      ['evt_1', ['superseded'] as const],
      ['evt_2', ['applied', 'duplicate'] as const],
    ]);
    expect(judgeFates(evidence(event(1), event(2)), known)).toEqual({
      fates: { applied: 1, unchanged: 0, superseded: 1, duplicate: 0, dead_letter: 0 },
      unverifiedFates: 0,
      findings: { lost: [], doubled: [], unexpected: [], unverified: [] },
    });
  });

  it('tells of an event that nobody knows, and of one that never ended', () => {
    const known = new Map([['evt_2', [null]]]);
    expect(codes(judgeFates(evidence(event(1), event(2)), known).findings)).toEqual([
      'NO_FATE evt_1',
      'NO_FATE evt_2',
    ]);
  });

  it('tells of a sound event that became a dead letter', () => {
    const known = new Map([['evt_1', ['dead_letter'] as const]]);
    expect(codes(judgeFates(evidence(event(1)), known).findings)).toEqual(['DEAD_LETTER evt_1']);
  });

  it('takes either of two that contradict each other for the dead letter', () => {
    const other = event(1, { conflicts: true, webhook: { ...event(1).webhook, id: 'evt_1_other' } });
    for (const dead of ['evt_1', 'evt_1_other']) {
      const known = new Map(
        ['evt_1', 'evt_1_other'].map((id) => [id, [id === dead ? 'dead_letter' : 'applied'] as const]),
      );
      expect(codes(judgeFates(evidence(event(1), other), known).findings)).toEqual([]);
    }
  });

  it('says of how many it knows nothing where fates are not told', () => {
    expect(judgeFates(evidence(event(1), event(2)), undefined)).toMatchObject({
      unverifiedFates: 2,
      findings: { lost: [] },
    });
  });
});
